/** The texts of the language that every page needs: the namespace is the name of the file. The others are in `en.late.ts`. */
export default import.meta.glob<Record<string, unknown>>(["./en/*.json", "!./en/{designer,automation,bulk,import,export,people,dashboard}.json"], { eager: true, import: "default" });
