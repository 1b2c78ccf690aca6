/** All texts of the language: the namespace is the name of the file. */
export default import.meta.glob<Record<string, unknown>>("./en/*.json", { eager: true, import: "default" });
