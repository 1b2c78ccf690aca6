export const API_PREFIX = "/api/v1";
const CSRF_COOKIE = "formwork_csrf";

export type ParamValue = string | number | boolean | null | undefined | readonly string[];
export type Params = Readonly<Record<string, ParamValue>>;

/** Path and query of a request; what is blank is left out, a list is joined by commas. */
export function addressOf(path: string, params: Params = {}): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(params)) {
    const text = Array.isArray(value) ? value.join(",") : value;
    if (text !== null && text !== undefined && text !== "") query.set(name, String(text));
  }
  const suffix = query.toString();
  return API_PREFIX + path + (suffix === "" ? "" : `?${suffix}`);
}

/** The token that proves that this page, and not another site, sends the request. */
export function csrfToken(cookies: string = document.cookie): string {
  for (const part of cookies.split(";")) {
    const [name, ...rest] = part.trim().split("=");
    if (name === CSRF_COOKIE) return decodeURIComponent(rest.join("="));
  }
  return "";
}

/** A fresh idempotency key. `crypto.randomUUID` is missing on plain-http intranet hosts, `getRandomValues` is not. */
export function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

let language = "zh-CN";

/** The language of every following request, and so of the titles and sentences that come back. */
export function setRequestLanguage(chosen: string): void {
  language = chosen;
}

export function requestLanguage(): string {
  return language;
}
