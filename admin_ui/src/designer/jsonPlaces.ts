/** Where each value of a JSON text stands, by JSON Pointer (RFC 6901): so that a problem can jump to its place. */

export type Places = ReadonlyMap<string, readonly [start: number, end: number]>;

const BLANK = /\s/;
const LITERAL = /[^\s,\]}]/;

class Scanner {
  readonly places = new Map<string, readonly [number, number]>();
  private at = 0;
  private readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  value(pointer: string): void {
    this.blanks();
    const start = this.at;
    const sign = this.text[this.at];
    if (sign === "{") this.members(pointer);
    else if (sign === "[") this.elements(pointer);
    else if (sign === '"') this.string();
    else this.literal();
    this.places.set(pointer, [start, this.at]);
  }

  private blanks(): void {
    while (this.at < this.text.length && BLANK.test(this.text.charAt(this.at))) this.at += 1;
  }

  private literal(): void {
    while (this.at < this.text.length && LITERAL.test(this.text.charAt(this.at))) this.at += 1;
  }

  private string(): string {
    const start = this.at;
    this.at += 1;
    while (this.at < this.text.length && this.text[this.at] !== '"') this.at += this.text[this.at] === "\\" ? 2 : 1;
    this.at += 1;
    return this.text.slice(start + 1, this.at - 1);
  }

  private members(pointer: string): void {
    this.each("}", () => {
      const name = this.string().replaceAll("~", "~0").replaceAll("/", "~1");
      this.blanks();
      this.at += 1;
      this.value(`${pointer}/${name}`);
    });
  }

  private elements(pointer: string): void {
    let index = 0;
    this.each("]", () => {
      this.value(`${pointer}/${index}`);
      index += 1;
    });
  }

  /** Steps over a bracket, its parts and their commas; stops wherever the text is broken. */
  private each(end: string, part: () => void): void {
    this.at += 1;
    for (;;) {
      this.blanks();
      const before = this.at;
      if (this.at >= this.text.length) return;
      if (this.text[this.at] === end) {
        this.at += 1;
        return;
      }
      if (this.text[this.at] === ",") this.at += 1;
      else part();
      if (this.at === before) return;
    }
  }
}

export function jsonPlaces(text: string): Places {
  const scanner = new Scanner(text);
  scanner.value("");
  return scanner.places;
}

/** The place of a pointer, or of the nearest value around it that there is; a span narrows it within a string. */
export function placeOf(text: string, pointer: string, span?: readonly [number, number]): readonly [number, number] {
  const places = jsonPlaces(text);
  for (let near = pointer; ; near = near.slice(0, near.lastIndexOf("/"))) {
    const place = places.get(near);
    if (place !== undefined) {
      if (near !== pointer || span === undefined || text[place[0]] !== '"') return place;
      return [place[0] + 1 + span[0], place[0] + 1 + Math.max(span[1], span[0] + 1)];
    }
    if (near === "") return [0, 0];
  }
}

/** The line (from 1) of an offset. */
export function lineOf(text: string, offset: number): number {
  return text.slice(0, offset).split("\n").length;
}
