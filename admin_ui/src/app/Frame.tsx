import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Navigate, Outlet, useLocation } from "react-router";
import { useSession } from "../api/queries.ts";
import { ErrorState, Skeleton } from "../ui/States.tsx";
import { Toasts } from "../ui/Toast.tsx";
import { usePhone } from "../ui/useMedia.ts";
import { BottomBar } from "./BottomBar.tsx";
import { CommandPalette } from "./CommandPalette.tsx";
import { Rail } from "./Rail.tsx";
import { SignInDialog } from "./SignInDialog.tsx";
import { TopBar } from "./TopBar.tsx";
import "./frame-layout.css";

/** Lets in who is signed in; everybody else goes to the sign-in page and comes back. */
export function Frame() {
  const session = useSession();
  const { pathname, search } = useLocation();
  if (session.data) return <Shell />;
  if (session.data === null) {
    return <Navigate replace to={`/sign-in?next=${encodeURIComponent(pathname + search)}`} />;
  }
  if (session.error !== null) return <ErrorState error={session.error} onRetry={() => void session.refetch()} />;
  return <Skeleton />;
}

function usePaletteKey(open: () => void): void {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
        event.preventDefault();
        open();
      }
    };
    window.addEventListener("keydown", press);
    return () => window.removeEventListener("keydown", press);
  });
}

/** A new page takes the focus, so that the next Tab goes into it and not through the menu again. */
function useFocusOnPage(): void {
  const { pathname } = useLocation();
  const shown = useRef(pathname);
  useEffect(() => {
    if (shown.current === pathname) return;
    shown.current = pathname;
    document.getElementById("content")?.focus({ preventScroll: true });
  }, [pathname]);
}

function Shell() {
  const { t } = useTranslation("app");
  const phone = usePhone();
  const [palette, setPalette] = useState(false);
  usePaletteKey(() => setPalette(true));
  useFocusOnPage();
  return (
    <div className="app">
      <a className="app-skip" href="#content">
        {t("skip")}
      </a>
      {!phone && <Rail />}
      <div className="app-main">
        <TopBar phone={phone} onSearch={() => setPalette(true)} />
        <main id="content" tabIndex={-1} className="app-content">
          <Outlet />
        </main>
      </div>
      {phone && <BottomBar />}
      {palette && <CommandPalette onClose={() => setPalette(false)} />}
      <SignInDialog />
      <Toasts />
    </div>
  );
}
