import { addressOf, csrfToken, requestLanguage } from "./envelope.ts";
import { ProblemError, type ProblemBody } from "./problem.ts";
import { signInAgain } from "./session-guard.ts";
import type { FileValue } from "./types.ts";

export interface UploadOptions {
  entity?: string | undefined;
  field?: string | undefined;
  /** What else is said about the file. */
  fields?: Readonly<Record<string, string>> | undefined;
  /** Share sent so far, 0 to 1. */
  onProgress?: ((share: number) => void) | undefined;
  signal?: AbortSignal | undefined;
}

function bodyOf(text: string): ProblemBody {
  try {
    return JSON.parse(text) as ProblemBody;
  } catch {
    return {};
  }
}

/** XMLHttpRequest, because fetch tells nothing about how much has been sent. */
function sendOnce<T>(path: string, file: File, options: UploadOptions): Promise<T> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const form = new FormData();
    form.append("file", file);
    if (options.entity !== undefined) form.append("entity", options.entity);
    if (options.field !== undefined) form.append("field", options.field);
    for (const [name, value] of Object.entries(options.fields ?? {})) form.append(name, value);
    request.open("POST", addressOf(path));
    request.setRequestHeader("X-CSRF-Token", csrfToken());
    request.setRequestHeader("Accept-Language", requestLanguage());
    request.upload.addEventListener("progress", (event) => {
      if (event.lengthComputable) options.onProgress?.(event.loaded / event.total);
    });
    request.addEventListener("load", () => {
      if (request.status < 300) resolve(JSON.parse(request.responseText) as T);
      else reject(new ProblemError(request.status, bodyOf(request.responseText)));
    });
    request.addEventListener("error", () => reject(new ProblemError(0, { code: "offline" })));
    request.addEventListener("abort", () => reject(new DOMException("aborted", "AbortError")));
    options.signal?.addEventListener("abort", () => request.abort(), { once: true });
    request.send(form);
  });
}

/** Sends one file to an address and returns the answer. */
export async function sendFile<T>(path: string, file: File, options: UploadOptions = {}): Promise<T> {
  try {
    return await sendOnce<T>(path, file, options);
  } catch (failure) {
    const expired = failure instanceof ProblemError && failure.status === 401;
    if (expired && (await signInAgain())) return sendOnce<T>(path, file, options);
    throw failure;
  }
}

/** Stores a file and returns the value an attachment field keeps. */
export function uploadFile(file: File, options: UploadOptions = {}): Promise<FileValue> {
  return sendFile<FileValue>("/files", file, options);
}

/** Where a stored file is read. */
export function fileAddress(id: string): string {
  return addressOf(`/files/${encodeURIComponent(id)}`);
}
