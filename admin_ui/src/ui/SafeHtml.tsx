import { createElement, Fragment, useMemo, type ReactNode } from "react";
import { safeLink } from "../core/form/kinds/contacts.ts";
import "./Prose.css";

/** What rich text may consist of; everything else is dropped, what stands in it stays. */
const ALLOWED = new Set(["p", "br", "strong", "b", "em", "i", "u", "s", "del", "code", "pre", "blockquote", "ul", "ol", "li", "h1", "h2", "h3", "h4", "hr", "a", "sub", "sup", "span", "table", "thead", "tbody", "tr", "th", "td"]);
const EMPTY = new Set(["br", "hr"]);
/** What is not even read as text. */
const DROPPED = new Set(["script", "style", "template", "iframe", "object", "svg", "math", "noscript", "title", "textarea", "select"]);

function drawn(node: Node, key: number): ReactNode {
  if (node.nodeType === Node.TEXT_NODE) return node.textContent;
  if (!(node instanceof Element) && node.nodeType !== Node.ELEMENT_NODE) return null;
  const element = node as Element;
  const name = element.localName.toLowerCase();
  if (DROPPED.has(name)) return null;
  const inside = EMPTY.has(name) ? [] : [...element.childNodes].map(drawn);
  if (!ALLOWED.has(name)) return <Fragment key={key}>{inside}</Fragment>;
  if (name !== "a") return createElement(name, { key }, ...inside);
  const href = safeLink(element.getAttribute("href") ?? "");
  return href === null ? <Fragment key={key}>{inside}</Fragment> : createElement("a", { key, href, target: "_blank", rel: "noopener noreferrer" }, ...inside);
}

/**
 * Rich text as the server sanitised it, drawn anew from an allowed few elements without their attributes: nothing of the
 * text itself ever becomes markup of this page.
 */
export function SafeHtml({ html }: { html: string }) {
  const content = useMemo(() => [...new DOMParser().parseFromString(html, "text/html").body.childNodes].map(drawn), [html]);
  return <div className="fw-prose">{content}</div>;
}

/** The words of rich text in one line. */
export function textOfHtml(html: string): string {
  const spaced = html.replace(/<\/(p|li|h[1-4]|blockquote|tr|div)>|<br\s*\/?>/gi, " $&");
  return (new DOMParser().parseFromString(spaced, "text/html").body.textContent ?? "").replace(/\s+/g, " ").trim();
}
