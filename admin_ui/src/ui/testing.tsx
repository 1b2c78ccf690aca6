/** What a test of a component needs around it: texts, a query client, a router, and a server that answers from a table. */
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { cleanup, render, type RenderResult } from "@testing-library/react";
import { createInstance } from "i18next";
import type { ReactNode } from "react";
import { I18nextProvider, initReactI18next } from "react-i18next";
import { createMemoryRouter, RouterProvider } from "react-router";
import { afterEach } from "vitest";

export { fakeServer, problemResponse, type Sent } from "../api/testing.ts";

const TEXTS = import.meta.glob<Record<string, unknown>>("/src/app/locales/*/*.json", { eager: true, import: "default" });

function resourcesOf(language: string): Record<string, Record<string, unknown>> {
  const mine = Object.entries(TEXTS).filter(([path]) => path.includes(`/${language}/`));
  return Object.fromEntries(mine.map(([path, texts]) => [path.slice(path.lastIndexOf("/") + 1, -5), texts]));
}

export function testTexts(language = "zh-CN") {
  const instance = createInstance();
  void instance.use(initReactI18next).init({
    lng: language,
    resources: { [language]: resourcesOf(language) },
    defaultNS: "ui",
    fallbackLng: false,
    interpolation: { escapeValue: false },
    initAsync: false,
  });
  return instance;
}

export interface Drawn extends RenderResult {
  /** The address as the page has it now. */
  address: () => string;
}

/** Draws at an address; `path` is the route's pattern. */
export function draw(children: ReactNode, { at = "/", path = "*", language = "zh-CN" } = {}): Drawn {
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  const router = createMemoryRouter([{ path, element: children }, { path: "*", element: null }], { initialEntries: [at] });
  const drawn = render(
    <I18nextProvider i18n={testTexts(language)}>
      <QueryClientProvider client={client}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </I18nextProvider>,
  );
  return { ...drawn, address: () => router.state.location.pathname + router.state.location.search };
}

afterEach(cleanup);
