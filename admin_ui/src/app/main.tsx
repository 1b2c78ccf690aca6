import { QueryClientProvider } from "@tanstack/react-query";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { RouterProvider } from "react-router/dom";
import { firstLanguage, startI18n } from "./i18n.ts";
import { startPreferences } from "./preferences.ts";
import { makeQueryClient } from "./query-client.ts";
import { makeRouter } from "./routes.tsx";
import "../ui/frame.css";

const root = document.getElementById("root");
if (root === null) throw new Error("index.html has no element #root");

startPreferences();
await startI18n(firstLanguage());
createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={makeQueryClient()}>
      <RouterProvider router={makeRouter()} />
    </QueryClientProvider>
  </StrictMode>,
);
