/** Draws parts of the form for tests, with texts, router and a server made of functions. Nothing else imports this. */
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { render } from "@testing-library/react";
import { createInstance } from "i18next";
import type { ReactNode } from "react";
import { I18nextProvider, initReactI18next } from "react-i18next";
import { createMemoryRouter, RouterProvider } from "react-router";
import { vi } from "vitest";
import automation from "../../../app/locales/zh-CN/automation.json";
import controls from "../../../app/locales/zh-CN/controls.json";
import form from "../../../app/locales/zh-CN/form.json";
import record from "../../../app/locales/zh-CN/record.json";
import talk from "../../../app/locales/zh-CN/talk.json";
import ui from "../../../app/locales/zh-CN/ui.json";
import type { FormStore } from "../../../core/form/store.ts";
import { FormContext } from "../FormContext.ts";
import { Revealer } from "../reveal.ts";

const texts = createInstance();
await texts.use(initReactI18next).init({ lng: "zh-CN", resources: { "zh-CN": { automation, controls, form, record, talk, ui } }, defaultNS: "ui", interpolation: { escapeValue: false }, react: { useSuspense: false } });

export function draw(content: ReactNode, address = "/", routes: readonly { path: string; element: ReactNode }[] = []) {
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  const router = createMemoryRouter([{ path: "/", element: content }, ...routes.map((route) => ({ path: route.path, element: route.element })), { path: "*", element: <p>elsewhere</p> }], { initialEntries: [address] });
  const drawn = render(
    <I18nextProvider i18n={texts}>
      <QueryClientProvider client={client}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </I18nextProvider>,
  );
  return { ...drawn, router, client };
}

export function drawIn(store: FormStore, content: ReactNode) {
  return draw(<FormContext value={{ store, revealer: new Revealer() }}>{content}</FormContext>);
}

export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly body: unknown;
  readonly headers: Headers;
}

export type Answer = (asked: Asked) => unknown;

export class Refusal {
  constructor(
    readonly status: number,
    readonly body: Readonly<Record<string, unknown>> = {},
  ) {}
}

/** A server made of functions by "METHOD /path"; what is not there answers 404. Returns what was asked. */
export function serve(answers: Readonly<Record<string, Answer>>): Asked[] {
  const all: Asked[] = [];
  vi.stubGlobal("fetch", (input: string, init: RequestInit) => {
    const address = new URL(input, "http://test");
    const asked: Asked = {
      method: init.method ?? "GET",
      path: address.pathname.replace("/api/v1", ""),
      query: address.searchParams,
      body: typeof init.body === "string" ? JSON.parse(init.body) : null,
      headers: new Headers(init.headers),
    };
    all.push(asked);
    const told = (answers[`${asked.method} ${asked.path}`] ?? (() => new Refusal(404, { code: "not_found" })))(asked);
    if (told instanceof Error) return Promise.reject(told);
    const [status, body] = told instanceof Refusal ? [told.status, told.body] : [200, told];
    return Promise.resolve(new Response(JSON.stringify(body), { status, headers: { "Content-Type": "application/json" } }));
  });
  return all;
}
