import type { Part } from "./data.ts";
import "./search.css";

/** A text in which the places that were found stand out. */
export function Marked({ parts }: { parts: readonly Part[] }) {
  const starts = parts.map((_, index) => parts.slice(0, index).reduce((length, part) => length + part.text.length, 0));
  return <span className="search-words">{parts.map((part, index) => (part.hit ? <mark key={starts[index]}>{part.text}</mark> : part.text))}</span>;
}
