import { useEffect, useRef, type RefObject } from "react";
import type { Side } from "./layout.ts";

export interface Place {
  side: Side;
  place: number;
}

function placeOf(target: EventTarget | null): Place | null {
  const told = target instanceof Element ? target.closest<HTMLElement>("[data-place]")?.dataset["place"] : undefined;
  const [side, place] = (told ?? "").split(" ");
  return side === "rows" || side === "columns" ? { side, place: Number(place) } : null;
}

/** Axes can be drawn from place to place with the mouse; everything that it does has a button too. */
export function useAxisDrag(onMove: (from: Place, to: Place) => void): RefObject<HTMLDivElement | null> {
  const box = useRef<HTMLDivElement>(null);
  const move = useRef(onMove);
  useEffect(() => {
    move.current = onMove;
  });
  useEffect(() => {
    const element = box.current;
    let from: Place | null = null;
    const begin = (event: DragEvent) => {
      from = placeOf(event.target);
    };
    const over = (event: DragEvent) => {
      if (from !== null && placeOf(event.target) !== null) event.preventDefault();
    };
    const drop = (event: DragEvent) => {
      const to = placeOf(event.target);
      if (from === null || to === null) return;
      event.preventDefault();
      move.current(from, to);
      from = null;
    };
    element?.addEventListener("dragstart", begin);
    element?.addEventListener("dragover", over);
    element?.addEventListener("drop", drop);
    return () => {
      element?.removeEventListener("dragstart", begin);
      element?.removeEventListener("dragover", over);
      element?.removeEventListener("drop", drop);
    };
  }, []);
  return box;
}
