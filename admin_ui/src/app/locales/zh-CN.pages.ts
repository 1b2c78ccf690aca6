/** Texts of the pages beside the form. */
export default import.meta.glob<Record<string, unknown>>(["./zh-CN/*.json", "!./zh-CN/app.json", "!./zh-CN/controls.json", "!./zh-CN/form.json", "!./zh-CN/ui.json"], { eager: true, import: "default" });
