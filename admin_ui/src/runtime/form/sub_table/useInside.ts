import { useEffect, useEffectEvent, type RefObject } from "react";

/**
 * What comes up from the boxes inside an element after their own handlers had their turn: the table itself is no control
 * and takes no key, it only leads the focus on.
 */
export function useInside<K extends "keydown" | "paste">(box: RefObject<HTMLElement | null>, kind: K, handler: (event: DocumentEventMap[K]) => void): void {
  const handle = useEffectEvent(handler);
  useEffect(() => {
    const listen = (event: DocumentEventMap[K]) => {
      if (event.target instanceof Node && box.current?.contains(event.target)) handle(event);
    };
    document.addEventListener(kind, listen);
    return () => document.removeEventListener(kind, listen);
  }, [box, kind]);
}
