/** A server for tests that answers from a table and keeps what it was sent. */
import { vi } from "vitest";

export interface Sent {
  method: string;
  path: string;
  params: URLSearchParams;
  headers: Headers;
  body: unknown;
}

type Answer = unknown;

/** Answers by "METHOD /path" (without the prefix); a function is asked with what was sent; a `Response` is sent as it is. */
export function fakeServer(answers: Record<string, Answer | ((sent: Sent) => Answer)>): Sent[] {
  const log: Sent[] = [];
  vi.stubGlobal("fetch", (address: string, init: RequestInit = {}) => {
    const url = new URL(address, "http://test");
    const path = url.pathname.replace("/api/v1", "");
    const body: unknown = typeof init.body === "string" ? JSON.parse(init.body) : undefined;
    const sent = { method: init.method ?? "GET", path, params: url.searchParams, headers: new Headers(init.headers), body };
    log.push(sent);
    const known = answers[`${sent.method} ${path}`];
    const answer: Answer = typeof known === "function" ? (known as (sent: Sent) => Answer)(sent) : known;
    if (answer instanceof Response) return Promise.resolve(answer);
    if (answer === undefined) return Promise.resolve(problemResponse(404, { code: "not_found", title: `${sent.method} ${path}` }));
    return Promise.resolve(Response.json(answer));
  });
  return log;
}

export function problemResponse(status: number, body: Record<string, unknown>): Response {
  return new Response(JSON.stringify({ status, ...body }), { status, headers: { "Content-Type": "application/problem+json" } });
}
