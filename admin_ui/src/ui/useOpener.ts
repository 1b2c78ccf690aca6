import { useRef, type KeyboardEvent } from "react";

/** What opens beside an input, by its button or by Alt and the arrow down; every other key goes on to `onKeyDown`. */
export function useOpener(onKeyDown: ((event: KeyboardEvent<HTMLInputElement>) => void) | undefined) {
  const opener = useRef<() => void>(null);
  const press = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.altKey && event.key === "ArrowDown") {
      event.preventDefault();
      opener.current?.();
    } else onKeyDown?.(event);
  };
  return { opener, press };
}
