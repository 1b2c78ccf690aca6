/** Texts of the rarer controls. */
export default import.meta.glob<Record<string, unknown>>("./en/controls.json", { eager: true, import: "default" });
