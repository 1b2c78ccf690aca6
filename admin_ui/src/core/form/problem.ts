import type { FieldProblem } from "./types.ts";

/** A finding of the browser itself, under the same code as the server's. */
export function clientProblem(code: string, params: Readonly<Record<string, unknown>> = {}): FieldProblem {
  return { code, severity: "error", detail: "", remedy: "", params, source: "client" };
}
