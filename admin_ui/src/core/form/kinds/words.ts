/** Words between commas, each once. */
export function wordsOf(text: string): string[] {
  return [...new Set(text.split(/[、,，;；\n\t]/).map((word) => word.trim()).filter((word) => word !== ""))];
}
