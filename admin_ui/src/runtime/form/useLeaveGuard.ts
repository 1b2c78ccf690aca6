import { useEffect } from "react";
import type { FormStore } from "../../core/form/store.ts";

/** The browser asks before a page with unsaved values is closed. Inside the app nothing is asked: the draft is kept. */
export function useLeaveGuard(store: FormStore): void {
  useEffect(() => {
    const guard = (event: BeforeUnloadEvent) => {
      if (store.dirty) event.preventDefault();
    };
    window.addEventListener("beforeunload", guard);
    return () => window.removeEventListener("beforeunload", guard);
  }, [store]);
}
