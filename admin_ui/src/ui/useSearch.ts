import { useEffect, useEffectEvent, useState } from "react";
import type { Option } from "../api/types.ts";

export type SearchState = "loading" | "done" | "failed";

interface Answer {
  to: string | null;
  options: readonly Option[];
  failed: boolean;
}

/** Asks `search` a moment after the last key; an older answer never overwrites a newer one. */
export function useSearch(
  open: boolean,
  text: string,
  search: (text: string) => Promise<Option[]>,
  onAnswer: (options: readonly Option[]) => void,
) {
  const [answer, setAnswer] = useState<Answer>({ to: null, options: [], failed: false });
  // `search` is often made anew at each draw; only what is asked for starts a new question.
  const ask = useEffectEvent(search);
  const tell = useEffectEvent(onAnswer);
  useEffect(() => {
    if (!open) return undefined;
    let current = true;
    const settle = (options: readonly Option[], failed: boolean) => {
      if (!current) return;
      setAnswer({ to: text, options, failed });
      tell(options);
    };
    const timer = setTimeout(
      () => {
        ask(text).then(
          (found) => settle(found, false),
          () => settle([], true),
        );
      },
      text === "" ? 0 : 160,
    );
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [open, text]);
  const state: SearchState = answer.to !== text ? "loading" : answer.failed ? "failed" : "done";
  return { options: answer.options, state };
}
