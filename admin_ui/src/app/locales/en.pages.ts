/** Texts of the pages beside the form. */
export default import.meta.glob<Record<string, unknown>>(["./en/*.json", "!./en/app.json", "!./en/controls.json", "!./en/form.json", "!./en/ui.json"], { eager: true, import: "default" });
