import { useRef, useState, type KeyboardEvent, type RefObject } from "react";
import { useTranslation } from "react-i18next";
import type { Option } from "../../api/types.ts";
import { useSearch } from "../../ui/useSearch.ts";
import { searchReaders, type Reader } from "./data.ts";
import { asked, completed, type Mentioned } from "./words.ts";

export interface MentionsProps {
  readonly entity: string;
  readonly id: string;
  readonly area: RefObject<HTMLTextAreaElement | null>;
  readonly text: string;
  readonly onText: (text: string) => void;
  readonly onPicked: (person: Mentioned) => void;
}

/** The picker of people behind an @: pinyin or name, arrows, Enter; Escape leaves what was typed. */
export function useMentions({ entity, id, area, text, onText, onPicked }: MentionsProps) {
  const { t } = useTranslation("talk");
  const [wanted, setWanted] = useState<string | null>(null);
  const [at, setAt] = useState(0);
  const [closed, setClosed] = useState<Mentioned | null>(null);
  const known = useRef(new Map<string, Reader>());
  const search = async (typed: string): Promise<Option[]> => {
    const found = await searchReaders(entity, id, typed);
    for (const one of found) known.current.set(one.id, one);
    return found.map((one) => ({ id: one.id, label: one.name, hint: one.may_read ? departmentOf(one) : t("cannot_read") }));
  };
  // Enter came before the answer: where there is only one who fits, that one was meant.
  const hurried = useRef(false);
  const look = () => {
    const field = area.current;
    hurried.current = false;
    setWanted(field === null || field.selectionStart !== field.selectionEnd ? null : asked(field.value, field.selectionStart));
  };
  const choose = (option: Option) => {
    const field = area.current;
    const person = { id: option.id, name: option.label };
    setWanted(null);
    if (known.current.get(option.id)?.may_read === false) return setClosed(person);
    setClosed(null);
    onPicked(person);
    const next = completed(text, field?.selectionStart ?? text.length, option.label);
    onText(next.text);
    // The caret can be set only once the text is there.
    requestAnimationFrame(() => {
      field?.focus();
      field?.setSelectionRange(next.caret, next.caret);
    });
  };
  const { options, state } = useSearch(wanted !== null, wanted ?? "", search, (found) => {
    setAt(0);
    const only = hurried.current && found.length === 1 ? found[0] : undefined;
    hurried.current = false;
    if (only !== undefined) choose(only);
  });
  /** Says whether the key was meant for the picker. */
  const press = (event: KeyboardEvent): boolean => {
    if (wanted === null) return false;
    const chosen = options[at];
    if (event.key === "ArrowDown") setAt(Math.min(at + 1, options.length - 1));
    else if (event.key === "ArrowUp") setAt(Math.max(at - 1, 0));
    else if (event.key === "Escape") setWanted(null);
    else if (event.key !== "Enter" || event.ctrlKey || event.metaKey) return false;
    else if (state === "loading") hurried.current = true;
    else if (chosen !== undefined) choose(chosen);
    else return false;
    event.preventDefault();
    event.stopPropagation();
    return true;
  };
  return { open: wanted !== null, options, state, at, look, choose, press, close: () => setWanted(null), closed };
}

function departmentOf(person: Reader): string {
  const department = person.department ?? "";
  return (typeof department === "string" ? department : department.name) || person.login;
}
