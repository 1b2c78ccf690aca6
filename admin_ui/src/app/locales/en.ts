/** Texts that the first form speaks in: the namespace is the name of the file. All others come later (i18n.ts). */
export default import.meta.glob<Record<string, unknown>>(["./en/app.json", "./en/form.json", "./en/ui.json"], { eager: true, import: "default" });
