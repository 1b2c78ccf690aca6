/** Texts of the rarer controls. */
export default import.meta.glob<Record<string, unknown>>("./zh-CN/controls.json", { eager: true, import: "default" });
