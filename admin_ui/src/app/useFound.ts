import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Command } from "./useCommands.ts";

const NOTHING: readonly Command[] = [];

/** The records that a text finds, asked for a moment after the last key; what finds them is loaded when it is first needed. */
export function useFound(text: string): readonly Command[] {
  const { t } = useTranslation("app");
  const [answer, setAnswer] = useState(NOTHING);
  const asked = text.trim();
  useEffect(() => {
    if (asked === "") return undefined;
    let current = true;
    const settle = (found: readonly Command[]) => {
      if (current) setAnswer(found);
    };
    const timer = setTimeout(() => {
      void import("../runtime/search/palette.tsx").then((found) => found.foundCommands(asked, t)).then(settle, () => settle(NOTHING));
    }, 160);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [asked, t]);
  return asked === "" ? NOTHING : answer;
}
