import { useSyncExternalStore } from "react";

/** Whether a media query holds now; draws again when it changes. */
export function useMedia(query: string): boolean {
  return useSyncExternalStore(
    (changed) => {
      const list = window.matchMedia?.(query);
      list?.addEventListener("change", changed);
      return () => list?.removeEventListener("change", changed);
    },
    () => window.matchMedia?.(query).matches ?? false,
  );
}

/** A phone in the hand: rows become cards, sheets fill the screen. */
export function usePhone(): boolean {
  return useMedia("(max-width: 640px)");
}
