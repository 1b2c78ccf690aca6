import { ProblemError } from "../../api/client.ts";
import { addressOf, csrfToken, requestLanguage, type Params } from "../../api/envelope.ts";
import { problemOf } from "../../api/problem.ts";
import type { Items, Option } from "../../api/types.ts";
import type { EntityMeta, Values } from "../../core/form/types.ts";
import { solve } from "./puzzle.ts";

export interface AskedField {
  readonly name: string;
  readonly title: string;
}

export interface ToldValue extends AskedField {
  readonly type?: string;
  readonly value: unknown;
}

/** What the page of a link draws. */
export interface PublicFormData {
  readonly title: string;
  readonly intro: string;
  readonly done: string;
  readonly closed: "" | "full" | "full_today";
  readonly puzzle: boolean;
  readonly entity: EntityMeta | null;
  readonly values: Values;
  readonly query: readonly AskedField[];
}

export interface Receipt {
  readonly receipt: readonly ToldValue[];
}

/** The way to the server of somebody without an account: a link, perhaps a password, and never a question for a log-in. */
export class PublicClient {
  constructor(
    private readonly token: string,
    private readonly password: string,
  ) {}

  page(): Promise<PublicFormData> {
    return this.send("GET", "");
  }

  async answer(values: Values, key: string, puzzle: boolean): Promise<Receipt> {
    const body = puzzle ? { values, solution: await this.solution() } : { values };
    return this.send("POST", "", body, {}, key);
  }

  async options(field: string, params: Params): Promise<Option[]> {
    return (await this.send<Items<Option>>("GET", "/options", undefined, { ...params, field })).items;
  }

  async query(values: Values): Promise<readonly (readonly ToldValue[])[]> {
    return (await this.send<{ items: readonly (readonly ToldValue[])[] }>("POST", "/query", { values })).items;
  }

  private async solution(): Promise<{ puzzle: string; counter: string }> {
    const { puzzle } = await this.send<{ puzzle: string }>("GET", "/puzzle");
    return { puzzle, counter: await solve(puzzle) };
  }

  private async send<T>(method: "GET" | "POST", path: string, body?: unknown, params: Params = {}, key = ""): Promise<T> {
    const headers = new Headers({ Accept: "application/json", "Accept-Language": requestLanguage(), "X-CSRF-Token": csrfToken() });
    if (this.password !== "") headers.set("X-Form-Password", encodeURIComponent(this.password));
    if (key !== "") headers.set("Idempotency-Key", key);
    const init: RequestInit = { method, headers, credentials: "same-origin" };
    if (body !== undefined) {
      headers.set("Content-Type", "application/json");
      init.body = JSON.stringify(body);
    }
    const response = await fetch(addressOf(`/public/${encodeURIComponent(this.token)}${path}`, params), init).catch(() => {
      throw new ProblemError(0, { code: "offline" });
    });
    if (!response.ok) throw await problemOf(response);
    return (await response.json()) as T;
  }
}
