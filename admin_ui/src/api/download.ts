import { addressOf, csrfToken, newKey, requestLanguage } from "./envelope.ts";
import { ProblemError, problemOf } from "./problem.ts";
import { signInAgain } from "./session-guard.ts";

/** A file that came with its name, or the JSON that came instead. */
export type Answered<T> = { file: Blob; name: string } | { answer: T };

function nameOf(response: Response): string {
  const told = response.headers.get("Content-Disposition") ?? "";
  const coded = /filename\*=UTF-8''([^;]+)/i.exec(told)?.[1];
  return coded === undefined ? (/filename="?([^";]+)/.exec(told)?.[1] ?? "download") : decodeURIComponent(coded);
}

async function reach(path: string, body: unknown): Promise<Response> {
  const headers = new Headers({ "Accept-Language": requestLanguage() });
  const init: RequestInit = { headers, credentials: "same-origin" };
  if (body !== undefined) {
    headers.set("Content-Type", "application/json");
    headers.set("X-CSRF-Token", csrfToken());
    headers.set("Idempotency-Key", newKey());
    Object.assign(init, { method: "POST", body: JSON.stringify(body) });
  }
  try {
    return await fetch(addressOf(path), init);
  } catch {
    throw new ProblemError(0, { code: "offline" });
  }
}

/** Asks for a file, with a body by POST; the server may answer JSON instead. Throws `ProblemError`. */
export async function requestFile<T>(path: string, body?: unknown): Promise<Answered<T>> {
  let response = await reach(path, body);
  if (response.status === 401 && (await signInAgain())) response = await reach(path, body);
  if (!response.ok) throw await problemOf(response);
  if ((response.headers.get("Content-Type") ?? "").includes("json")) return { answer: (await response.json()) as T };
  return { file: await response.blob(), name: nameOf(response) };
}

/** Hands a file to the browser to be saved. */
export function save(file: Blob, name: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

/** Fetches a file and saves it. Throws `ProblemError`. */
export async function download(path: string): Promise<void> {
  const found = await requestFile(path);
  if ("file" in found) save(found.file, found.name);
}
