import { useLayoutEffect, type RefObject } from "react";

function place(anchor: HTMLElement, floating: HTMLElement, wide: boolean): void {
  const box = anchor.getBoundingClientRect();
  const room = window.innerHeight - box.bottom - 8;
  const upwards = room < 200 && box.top > room;
  const height = Math.min(320, Math.max(120, upwards ? box.top - 12 : room));
  floating.style.maxHeight = `${height}px`;
  floating.style.minWidth = `${wide ? box.width : 160}px`;
  floating.style.top = upwards ? "auto" : `${box.bottom + 4}px`;
  floating.style.bottom = upwards ? `${window.innerHeight - box.top + 4}px` : "auto";
  const left = wide ? box.left : Math.min(box.left, window.innerWidth - floating.offsetWidth - 8);
  floating.style.left = `${Math.max(8, left)}px`;
}

/** Keeps a floating list beside its anchor, in the top layer, so that no scrolling parent cuts it off. */
export function useAnchor(
  open: boolean,
  anchor: RefObject<HTMLElement | null>,
  floating: RefObject<HTMLElement | null>,
  wide = true,
): void {
  useLayoutEffect(() => {
    const [from, list] = [anchor.current, floating.current];
    if (!open || from === null || list === null) return undefined;
    // Where popovers are not known (test environments) the list is still placed, only not above dialogs.
    if (typeof list.showPopover === "function") {
      list.popover = "manual";
      list.showPopover();
    }
    const again = () => place(from, list, wide);
    again();
    window.addEventListener("resize", again);
    window.addEventListener("scroll", again, true);
    return () => {
      window.removeEventListener("resize", again);
      window.removeEventListener("scroll", again, true);
    };
  }, [open, anchor, floating, wide]);
}
