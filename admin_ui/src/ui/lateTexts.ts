export type LatePart = "controls" | "pages";

type Loader = (part: LatePart) => Promise<void>;

let loader: Loader = () => Promise.resolve();

/** The application says how texts are fetched; without it (in tests) they are all there. */
export function setTextLoader(next: Loader): void {
  loader = next;
}

/** Makes sure that the texts of a part are there before what speaks in them is drawn: the first form needs none of them. */
export function lateTexts(part: LatePart): Promise<void> {
  return loader(part);
}
