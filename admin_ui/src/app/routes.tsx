import { createBrowserRouter, type RouteObject } from "react-router";
import { Frame } from "./Frame.tsx";
import { lateTexts } from "./i18n.ts";
import { Missing, RouteFailure } from "./RouteFailure.tsx";

/** A page together with the texts that come late. */
async function withLateTexts<T>(page: Promise<T>): Promise<T> {
  await lateTexts();
  return page;
}

/** Every page is a chunk of its own: the first form must not pay for the charts. */
export const routes: RouteObject[] = [
  { path: "/sign-in", HydrateFallback: () => null, lazy: async () => ({ Component: (await import("./SignInPage.tsx")).SignInPage }) },
  {
    path: "/",
    Component: Frame,
    ErrorBoundary: RouteFailure,
    HydrateFallback: () => null,
    children: [
      {
        ErrorBoundary: RouteFailure,
        children: [
          { index: true, lazy: async () => ({ Component: (await import("../runtime/home/HomePage.tsx")).HomePage }) },
          { path: "v/:view", lazy: async () => ({ Component: (await withLateTexts(import("../runtime/table/ViewPage.tsx"))).ViewPage }) },
          { path: "r/:entity/new", lazy: async () => ({ Component: (await import("../runtime/form/FormPage.tsx")).FormPage }) },
          { path: "r/:entity/import", lazy: async () => ({ Component: (await withLateTexts(import("../runtime/import/ImportPage.tsx"))).ImportPage }) },
          { path: "r/:entity/:id", lazy: async () => ({ Component: (await import("../runtime/record/RecordPage.tsx")).RecordPage }) },
          { path: "r/:entity/:id/edit", lazy: async () => ({ Component: (await import("../runtime/form/FormPage.tsx")).FormPage }) },
          { path: "bin/:entity", lazy: async () => ({ Component: (await withLateTexts(import("../runtime/bin/BinPage.tsx"))).BinPage }) },
          { path: "inbox", lazy: async () => ({ Component: (await import("../runtime/inbox/InboxPage.tsx")).InboxPage }) },
          { path: "d/:dashboard", lazy: async () => ({ Component: (await withLateTexts(import("../runtime/dashboard/DashboardPage.tsx"))).DashboardPage }) },
          { path: "departments", lazy: async () => ({ Component: (await withLateTexts(import("../runtime/people/DepartmentsPage.tsx"))).DepartmentsPage }) },
          { path: "accounts", lazy: async () => ({ Component: (await withLateTexts(import("../runtime/people/AccountsPage.tsx"))).AccountsPage }) },
          { path: "designer", lazy: async () => ({ Component: (await withLateTexts(import("../designer/ModulesPage.tsx"))).ModulesPage }) },
          { path: "designer/:module", lazy: async () => ({ Component: (await withLateTexts(import("../designer/ModulePage.tsx"))).ModulePage }) },
          { path: "designer/:module/document", lazy: async () => ({ Component: (await withLateTexts(import("../designer/DocumentPage.tsx"))).DocumentPage }) },
          { path: "*", Component: Missing },
        ],
      },
    ],
  },
];

export function makeRouter() {
  return createBrowserRouter(routes);
}
