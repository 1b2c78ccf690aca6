/** The texts of the language that no form needs: they come after the first page. */
export default import.meta.glob<Record<string, unknown>>("./en/{designer,automation,bulk,import,export,people,dashboard}.json", { eager: true, import: "default" });
