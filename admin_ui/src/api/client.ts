import { addressOf, csrfToken, newKey, requestLanguage, type Params } from "./envelope.ts";
import { ProblemError, problemOf } from "./problem.ts";
import { signInAgain } from "./session-guard.ts";

export { ProblemError } from "./problem.ts";

export interface SendOptions {
  /** The version that a change was made on: sent as `If-Match`. */
  version?: number | string | undefined;
  /** The same key makes the same request happen once; made up for each POST when none is given. */
  idempotencyKey?: string | undefined;
  params?: Params | undefined;
  signal?: AbortSignal | undefined;
  /** Nobody waits for it: it goes on when the page is left, and asks for no password. */
  background?: boolean | undefined;
}

type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

function headersOf(method: Method, body: unknown, options: SendOptions): Headers {
  const headers = new Headers({ Accept: "application/json", "Accept-Language": requestLanguage() });
  if (body !== undefined) headers.set("Content-Type", "application/json");
  if (method !== "GET") headers.set("X-CSRF-Token", csrfToken());
  if (options.version !== undefined) headers.set("If-Match", `"${options.version}"`);
  if (options.idempotencyKey !== undefined) headers.set("Idempotency-Key", options.idempotencyKey);
  return headers;
}

async function reach(method: Method, path: string, body: unknown, options: SendOptions): Promise<Response> {
  const init: RequestInit = { method, headers: headersOf(method, body, options), credentials: "same-origin" };
  if (body !== undefined) init.body = JSON.stringify(body);
  if (options.signal !== undefined) init.signal = options.signal;
  // Browsers refuse to carry on with more than 64 KiB.
  if (options.background === true) init.keepalive = String(init.body ?? "").length < 20_000;
  try {
    return await fetch(addressOf(path, options.params), init);
  } catch (failure) {
    if (failure instanceof DOMException && failure.name === "AbortError") throw failure;
    throw new ProblemError(0, { code: "offline" });
  }
}

async function send<T>(method: Method, path: string, body: unknown, given: SendOptions = {}): Promise<T> {
  const keyed = method === "POST" && given.idempotencyKey === undefined;
  const options = keyed ? { ...given, idempotencyKey: newKey() } : given;
  let response = await reach(method, path, body, options);
  // The session ended under somebody who is at work: ask for the password over the page, then send the very same again.
  if (response.status === 401 && path !== "/session" && options.background !== true && (await signInAgain())) {
    response = await reach(method, path, body, options);
  }
  if (!response.ok) throw await problemOf(response);
  const text = response.status === 204 ? "" : await response.text();
  return (text === "" ? undefined : JSON.parse(text)) as T;
}

/** The one way to the server. Every call throws `ProblemError` when it is refused or not reached. */
export const api = {
  get: <T>(path: string, params?: Params, options: SendOptions = {}): Promise<T> =>
    send<T>("GET", path, undefined, { ...options, params }),
  post: <T>(path: string, body: unknown = {}, options?: SendOptions): Promise<T> => send<T>("POST", path, body, options),
  put: <T>(path: string, body: unknown, options?: SendOptions): Promise<T> => send<T>("PUT", path, body, options),
  patch: <T>(path: string, body: unknown, options?: SendOptions): Promise<T> => send<T>("PATCH", path, body, options),
  delete: <T = void>(path: string, options?: SendOptions): Promise<T> => send<T>("DELETE", path, undefined, options),
  /** Takes something away for good: what it is called has to be said once more. */
  purge: <T = void>(path: string, confirm: string): Promise<T> => send<T>("DELETE", path, { confirm }),
};
