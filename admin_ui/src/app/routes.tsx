import type { ComponentType } from "react";
import { createBrowserRouter, type RouteObject } from "react-router";
import { lateTexts } from "../ui/lateTexts.ts";
import { Frame } from "./Frame.tsx";
import { Missing, RouteFailure } from "./RouteFailure.tsx";

/** A page that speaks in more than the first form does: it comes with its texts. */
async function page(load: () => Promise<ComponentType>) {
  const [Component] = await Promise.all([load(), lateTexts("pages")]);
  return { Component };
}

/** Every page is a chunk of its own: the first form must not pay for the charts. */
export const routes: RouteObject[] = [
  { path: "/sign-in", HydrateFallback: () => null, lazy: async () => ({ Component: (await import("./SignInPage.tsx")).SignInPage }) },
  { path: "/p/:token", HydrateFallback: () => null, lazy: () => page(async () => (await import("./PublicEntrance.tsx")).PublicEntrance) },
  {
    path: "/",
    Component: Frame,
    ErrorBoundary: RouteFailure,
    HydrateFallback: () => null,
    children: [
      {
        ErrorBoundary: RouteFailure,
        children: [
          { index: true, lazy: () => page(async () => (await import("../runtime/home/HomePage.tsx")).HomePage) },
          { path: "v/:view", lazy: () => page(async () => (await import("../runtime/table/ViewPage.tsx")).ViewPage) },
          { path: "r/:entity/new", lazy: async () => ({ Component: (await import("../runtime/form/FormPage.tsx")).FormPage }) },
          { path: "r/:entity/import", lazy: () => page(async () => (await import("../runtime/import/ImportPage.tsx")).ImportPage) },
          { path: "r/:entity/:id", lazy: () => page(async () => (await import("../runtime/record/RecordPage.tsx")).RecordPage) },
          { path: "r/:entity/:id/edit", lazy: async () => ({ Component: (await import("../runtime/form/FormPage.tsx")).FormPage }) },
          { path: "bin/:entity", lazy: () => page(async () => (await import("../runtime/bin/BinPage.tsx")).BinPage) },
          { path: "inbox", lazy: () => page(async () => (await import("../runtime/inbox/InboxPage.tsx")).InboxPage) },
          { path: "search", lazy: () => page(async () => (await import("../runtime/search/SearchPage.tsx")).SearchPage) },
          { path: "d/:dashboard", lazy: () => page(async () => (await import("../runtime/dashboard/DashboardPage.tsx")).DashboardPage) },
          { path: "departments", lazy: () => page(async () => (await import("../runtime/people/DepartmentsPage.tsx")).DepartmentsPage) },
          { path: "accounts", lazy: () => page(async () => (await import("../runtime/people/AccountsPage.tsx")).AccountsPage) },
          { path: "closings", lazy: () => page(async () => (await import("../runtime/closing/ClosingPage.tsx")).ClosingPage) },
          { path: "public-links", lazy: () => page(async () => (await import("../runtime/public/LinksPage.tsx")).LinksPage) },
          { path: "designer", lazy: () => page(async () => (await import("../designer/ModulesPage.tsx")).ModulesPage) },
          { path: "designer/:module", lazy: () => page(async () => (await import("../designer/ModulePage.tsx")).ModulePage) },
          { path: "designer/:module/document", lazy: () => page(async () => (await import("../designer/DocumentPage.tsx")).DocumentPage) },
          { path: "*", Component: Missing },
        ],
      },
    ],
  },
];

export function makeRouter() {
  return createBrowserRouter(routes);
}
