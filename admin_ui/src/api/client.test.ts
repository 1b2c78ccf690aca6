// @vitest-environment jsdom
import { afterEach, describe, expect, test, vi } from "vitest";
import { fakeServer, problemResponse } from "./testing.ts";
import { api, ProblemError } from "./client.ts";
import { addressOf, csrfToken, setRequestLanguage } from "./envelope.ts";
import { setSignInPrompt } from "./session-guard.ts";

async function refusal(promise: Promise<unknown>): Promise<ProblemError> {
  const error: unknown = await promise.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (!(error instanceof ProblemError)) throw new Error(`expected a ProblemError, got ${String(error)}`);
  return error;
}

afterEach(() => {
  setSignInPrompt(null);
  setRequestLanguage("zh-CN");
});

describe("the envelope of a request", () => {
  test("a change carries token, version, key and language", async () => {
    vi.spyOn(document, "cookie", "get").mockReturnValue("other=1; formwork_csrf=abc%3D");
    setRequestLanguage("en");
    const log = fakeServer({ "PATCH /records/shop.order/7": { id: "7" } });

    await api.patch("/records/shop.order/7", { values: {} }, { version: 3, idempotencyKey: "k" });

    const headers = log[0]?.headers;
    expect(headers?.get("X-CSRF-Token")).toBe("abc=");
    expect(headers?.get("If-Match")).toBe('"3"');
    expect(headers?.get("Idempotency-Key")).toBe("k");
    expect(headers?.get("Accept-Language")).toBe("en");
  });

  test("every POST has a key of its own", async () => {
    const log = fakeServer({ "POST /records/shop.order": { id: "7" } });

    await api.post("/records/shop.order", {});
    await api.post("/records/shop.order", {});

    const keys = log.map((sent) => sent.headers.get("Idempotency-Key"));
    expect(new Set(keys).size).toBe(2);
    expect(keys[0]).toMatch(/^[0-9a-f]{32}$/);
  });

  test("blank parameters are left out and lists joined", () => {
    expect(addressOf("/tasks", { box: "todo", q: "", cursor: null, fields: ["a", "b"] })).toBe("/api/v1/tasks?box=todo&fields=a%2Cb");
  });

  test("no token cookie gives an empty token", () => {
    expect(csrfToken("a=1; formwork_csrf_not=2")).toBe("");
  });
});

describe("a refusal", () => {
  test("becomes a ProblemError with its problems", async () => {
    const problems = [{ code: "required", pointer: "/values/name", detail: "必填", remedy: "", severity: "error", params: {} }];
    fakeServer({ "POST /x": problemResponse(422, { code: "invalid", title: "有误", detail: "1 处", request_id: "r1", problems }) });

    const error = await refusal(api.post("/x", {}));

    expect(error).toMatchObject({ status: 422, code: "invalid", title: "有误", requestId: "r1", transient: false });
    expect(error.problems[0]?.pointer).toBe("/values/name");
  });

  test("of a proxy in HTML is still a ProblemError", async () => {
    fakeServer({ "GET /x": new Response("<html>", { status: 502, headers: { "Content-Type": "text/html" } }) });

    const error = await refusal(api.get("/x"));

    expect(error).toMatchObject({ status: 502, code: "unexpected", transient: true });
  });

  test("by an unreachable server has status 0 and may be tried again", async () => {
    vi.stubGlobal("fetch", () => Promise.reject(new TypeError("failed")));

    const error = await refusal(api.get("/x"));

    expect(error).toMatchObject({ status: 0, code: "offline", transient: true });
  });
});

describe("a session that ended", () => {
  test("asks once for several requests, then sends the very same again", async () => {
    let signedIn = false;
    const prompt = vi.fn<() => Promise<boolean>>(() => {
      signedIn = true;
      return Promise.resolve(true);
    });
    setSignInPrompt(prompt);
    const log = fakeServer({
      "POST /a": () => (signedIn ? { ok: "a" } : problemResponse(401, { code: "sign_in_required" })),
      "GET /b": () => (signedIn ? { ok: "b" } : problemResponse(401, { code: "sign_in_required" })),
    });

    const answers = await Promise.all([api.post("/a", { typed: "text" }), api.get("/b")]);

    expect(answers).toEqual([{ ok: "a" }, { ok: "b" }]);
    expect(prompt).toHaveBeenCalledTimes(1);
    const posts = log.filter((sent) => sent.path === "/a");
    expect(posts.map((sent) => sent.body)).toEqual([{ typed: "text" }, { typed: "text" }]);
    expect(posts[0]?.headers.get("Idempotency-Key")).toBe(posts[1]?.headers.get("Idempotency-Key"));
  });

  test("refuses when nobody signs in again", async () => {
    setSignInPrompt(() => Promise.resolve(false));
    fakeServer({ "GET /b": () => problemResponse(401, { code: "sign_in_required" }) });

    expect((await refusal(api.get("/b"))).status).toBe(401);
  });

  test("does not ask while signing in", async () => {
    const prompt = vi.fn<() => Promise<boolean>>(() => Promise.resolve(true));
    setSignInPrompt(prompt);
    fakeServer({ "POST /session": problemResponse(401, { code: "wrong_password" }) });

    await refusal(api.post("/session", {}));

    expect(prompt).not.toHaveBeenCalled();
  });
});
