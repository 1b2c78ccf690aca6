/** Text of comments: the server keeps `@[id]`, people read and write `@name`. */

export interface Mentioned {
  readonly id: string;
  readonly name: string;
}

export interface Piece {
  /** Where it stands in the text as it is kept. */
  readonly at: number;
  readonly text: string;
  /** Whom the piece mentions. */
  readonly person?: string;
}

const MENTION = /@\[([^[\]\s]{1,80})\]/g;
/** A mention that is being typed: an @ that begins a word, up to the caret. */
const TYPED = /(?:^|[^\p{L}\p{N}@._-])@([^\s@]{0,30})$/u;

/** What a text says, with the people in it told apart from the words. */
export function pieces(text: string, people: readonly Mentioned[]): Piece[] {
  const names = new Map(people.map((one) => [one.id, one.name]));
  const found: Piece[] = [];
  let at = 0;
  for (const match of text.matchAll(MENTION)) {
    const id = match[1] ?? "";
    if (match.index > at) found.push({ at, text: text.slice(at, match.index) });
    found.push({ at: match.index, text: `@${names.get(id) ?? id}`, person: id });
    at = match.index + match[0].length;
  }
  if (at < text.length) found.push({ at, text: text.slice(at) });
  return found;
}

/** A text as it is typed. */
export function typed(text: string, people: readonly Mentioned[]): string {
  return pieces(text, people).map((piece) => piece.text).join("");
}

/** A typed text as it is sent: names that were picked become ids, the longest first, so that none is taken for the beginning of another. */
export function sent(text: string, people: readonly Mentioned[]): string {
  const longest = people.toSorted((one, other) => other.name.length - one.name.length);
  return longest.reduce((done, one) => done.replaceAll(`@${one.name}`, `@[${one.id}]`), text);
}

/** The beginning of a name before the caret; null where no mention is being typed. */
export function asked(text: string, caret: number): string | null {
  return TYPED.exec(text.slice(0, caret))?.[1] ?? null;
}

/** A text in which what was typed of a name is the whole name, and where the caret stands then. */
export function completed(text: string, caret: number, name: string): { text: string; caret: number } {
  const from = text.lastIndexOf("@", caret - 1);
  const start = `${text.slice(0, from)}@${name} `;
  return { text: start + text.slice(caret).replace(/^ /, ""), caret: start.length };
}
