import { useEffect, useEffectEvent, type RefObject } from "react";

/**
 * What comes up from the boxes inside an element after their own handlers had their turn: the table itself is no control
 * and takes no key, it only leads the focus on.
 */
export function useInside<K extends "keydown" | "paste">(box: RefObject<HTMLElement | null>, kind: K, handler: (event: DocumentEventMap[K]) => void): void {
  const handle = useEffectEvent(handler);
  useEffect(() => {
    const listen = (event: DocumentEventMap[K]) => {
      // A table may stand inside a row of another one: what happens there is not for the outer one.
      if (event.target instanceof Element && event.target.closest("[data-list]") === box.current && box.current !== null) handle(event);
    };
    document.addEventListener(kind, listen);
    return () => document.removeEventListener(kind, listen);
  }, [box, kind]);
}
