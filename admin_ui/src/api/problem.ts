/** One finding of the server, already worded in the language of the request. */
export interface ProblemItem {
  code: string;
  pointer: string;
  detail: string;
  remedy: string;
  severity: "error" | "warning";
  params: Record<string, unknown>;
  span?: [number, number] | undefined;
  file?: string | undefined;
}

/** The body of every refusal: RFC 9457 with our own members. */
export interface ProblemBody {
  type?: string;
  title?: string;
  status?: number;
  detail?: string;
  code?: string;
  request_id?: string;
  params?: Record<string, unknown>;
  problems?: ProblemItem[];
}

/** A refused or failed request. `status` 0 and code `offline` mean that the server was not reached at all. */
export class ProblemError extends Error {
  override readonly name = "ProblemError";
  readonly status: number;
  readonly code: string;
  readonly title: string;
  readonly detail: string;
  readonly requestId: string;
  readonly params: Record<string, unknown>;
  readonly problems: readonly ProblemItem[];

  constructor(status: number, body: ProblemBody) {
    super(body.detail ?? body.title ?? body.code ?? `HTTP ${status}`);
    this.status = status;
    this.code = body.code ?? (status === 0 ? "offline" : "unexpected");
    this.title = body.title ?? "";
    this.detail = body.detail ?? "";
    this.requestId = body.request_id ?? "";
    this.params = body.params ?? {};
    this.problems = body.problems ?? [];
  }

  /** Whether trying the same again later may work: nothing was refused, something was broken or away. */
  get transient(): boolean {
    return this.status === 0 || this.status === 429 || this.status >= 500;
  }
}

function isProblemBody(value: unknown): value is ProblemBody {
  return typeof value === "object" && value !== null;
}

/** Reads the refusal out of an answer, whatever its body is (a proxy may answer HTML). */
export async function problemOf(response: Response): Promise<ProblemError> {
  const type = response.headers.get("Content-Type") ?? "";
  if (!type.includes("json")) return new ProblemError(response.status, { title: response.statusText });
  const body: unknown = await response.json().catch(() => ({}));
  return new ProblemError(response.status, isProblemBody(body) ? body : {});
}
