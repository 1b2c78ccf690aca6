import { createBrowserRouter, type RouteObject } from "react-router";
import { Frame } from "./Frame.tsx";
import { Missing, RouteFailure } from "./RouteFailure.tsx";

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
          { path: "v/:view", lazy: async () => ({ Component: (await import("../runtime/table/ViewPage.tsx")).ViewPage }) },
          { path: "r/:entity/new", lazy: async () => ({ Component: (await import("../runtime/form/FormPage.tsx")).FormPage }) },
          { path: "r/:entity/import", lazy: async () => ({ Component: (await import("../runtime/import/ImportPage.tsx")).ImportPage }) },
          { path: "r/:entity/:id", lazy: async () => ({ Component: (await import("../runtime/record/RecordPage.tsx")).RecordPage }) },
          { path: "r/:entity/:id/edit", lazy: async () => ({ Component: (await import("../runtime/form/FormPage.tsx")).FormPage }) },
          { path: "bin/:entity", lazy: async () => ({ Component: (await import("../runtime/bin/BinPage.tsx")).BinPage }) },
          { path: "inbox", lazy: async () => ({ Component: (await import("../runtime/inbox/InboxPage.tsx")).InboxPage }) },
          { path: "d/:dashboard", lazy: async () => ({ Component: (await import("../runtime/dashboard/DashboardPage.tsx")).DashboardPage }) },
          { path: "departments", lazy: async () => ({ Component: (await import("../runtime/people/DepartmentsPage.tsx")).DepartmentsPage }) },
          { path: "accounts", lazy: async () => ({ Component: (await import("../runtime/people/AccountsPage.tsx")).AccountsPage }) },
          { path: "designer", lazy: async () => ({ Component: (await import("../designer/ModulesPage.tsx")).ModulesPage }) },
          { path: "designer/:module", lazy: async () => ({ Component: (await import("../designer/ModulePage.tsx")).ModulePage }) },
          { path: "designer/:module/document", lazy: async () => ({ Component: (await import("../designer/DocumentPage.tsx")).DocumentPage }) },
          { path: "*", Component: Missing },
        ],
      },
    ],
  },
];

export function makeRouter() {
  return createBrowserRouter(routes);
}
