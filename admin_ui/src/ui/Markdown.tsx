import { createElement, Fragment, type ReactNode } from "react";
import { safeLink } from "../core/form/kinds/contacts.ts";
import "./Prose.css";

const INLINE = /(`[^`]+`)|\*\*([^*]+)\*\*|__([^_]+)__|\*([^*\s][^*]*)\*|(?<![\w])_([^_]+)_(?![\w])|~~([^~]+)~~|\[([^\]]+)\]\(([^)\s]+)\)|(https?:\/\/[^\s<>)]+)/g;

/** Bold, italics, code, strokes and links inside a line; what looks like markup of a page is only text. */
function inline(text: string): ReactNode[] {
  const parts: ReactNode[] = [];
  let from = 0;
  for (const found of text.matchAll(INLINE)) {
    const [whole, code, bold, heavy, italic, slanted, struck, label, target, bare] = found;
    if (found.index > from) parts.push(text.slice(from, found.index));
    const key = found.index;
    const href = target ?? bare;
    if (code !== undefined) parts.push(<code key={key}>{code.slice(1, -1)}</code>);
    else if (bold !== undefined || heavy !== undefined) parts.push(<strong key={key}>{inline(bold ?? heavy ?? "")}</strong>);
    else if (italic !== undefined || slanted !== undefined) parts.push(<em key={key}>{inline(italic ?? slanted ?? "")}</em>);
    else if (struck !== undefined) parts.push(<s key={key}>{inline(struck)}</s>);
    else if (href !== undefined && safeLink(href) !== null) {
      parts.push(
        <a key={key} href={safeLink(href) ?? undefined} target="_blank" rel="noopener noreferrer">
          {label ?? bare}
        </a>,
      );
    } else parts.push(label ?? whole);
    from = found.index + whole.length;
  }
  return from < text.length ? [...parts, text.slice(from)] : parts;
}

function lined(lines: readonly string[]): ReactNode[] {
  return lines.flatMap((line, index) => [...(index > 0 ? [<br key={`b${index + 1}`} />] : []), <Fragment key={`l${index + 1}`}>{inline(line)}</Fragment>]);
}

const LIST = /^\s*(?:[-*+]|\d{1,3}[.)])\s+/;
const STARTS = /^(?:#{1,4}\s|>|```|\s*(?:[-*+]|\d{1,3}[.)])\s|(?:-{3,}|\*{3,})\s*$)/;

interface Block {
  readonly node: ReactNode;
  /** The line after it. */
  readonly next: number;
}

function taken(lines: readonly string[], from: number, holds: (line: string) => boolean): number {
  let at = from;
  while (at < lines.length && holds(lines[at] ?? "")) at += 1;
  return at;
}

function block(lines: readonly string[], at: number): Block {
  const line = lines[at] ?? "";
  const heading = /^(#{1,4})\s+(.*)$/.exec(line);
  if (heading) return { node: createElement(`h${Math.min(4, (heading[1] ?? "").length + 1)}`, { key: at }, ...inline(heading[2] ?? "")), next: at + 1 };
  if (line.startsWith("```")) {
    const end = taken(lines, at + 1, (one) => !one.startsWith("```"));
    return { node: <pre key={at}>{lines.slice(at + 1, end).join("\n")}</pre>, next: end + 1 };
  }
  if (/^(?:-{3,}|\*{3,})\s*$/.test(line)) return { node: <hr key={at} />, next: at + 1 };
  if (line.startsWith(">")) {
    const end = taken(lines, at, (one) => one.startsWith(">"));
    return { node: <blockquote key={at}>{lined(lines.slice(at, end).map((one) => one.replace(/^>\s?/, "")))}</blockquote>, next: end };
  }
  if (LIST.test(line)) {
    const end = taken(lines, at, (one) => LIST.test(one));
    const items = lines.slice(at, end).map((one) => createElement("li", null, ...inline(one.replace(LIST, ""))));
    return { node: createElement(/^\s*\d/.test(line) ? "ol" : "ul", { key: at }, ...items), next: end };
  }
  const end = Math.max(at + 1, taken(lines, at, (one) => one.trim() !== "" && !STARTS.test(one)));
  return { node: <p key={at}>{lined(lines.slice(at, end))}</p>, next: end };
}

/** Markdown as elements: headings, lists, quotes, code, emphasis, links to the web. HTML in it is text. */
export function Markdown({ text }: { text: string }) {
  const lines = text.replace(/\r\n?/g, "\n").split("\n");
  const drawn: ReactNode[] = [];
  for (let at = 0; at < lines.length; ) {
    if ((lines[at] ?? "").trim() === "") {
      at += 1;
      continue;
    }
    const { node, next } = block(lines, at);
    drawn.push(node);
    at = next;
  }
  return <div className="fw-prose">{drawn}</div>;
}

/** Markdown without its signs, in one line. */
export function textOfMarkdown(text: string): string {
  return text.replace(/\[([^\]]+)\]\([^)]*\)/g, "$1").replace(/^[#>\s]+|[*_`~]|^\s*[-+]\s/gm, "").replace(/\s+/g, " ").trim();
}
