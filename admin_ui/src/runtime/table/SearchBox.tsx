import { useEffect, useEffectEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { TextInput } from "../../ui/TextInput.tsx";

/** Searches a moment after the last key. */
export function SearchBox({ value, onChange, label, placeholder }: { value: string; onChange: (value: string) => void; label?: string; placeholder?: string }) {
  const { t } = useTranslation("table");
  const [typed, setTyped] = useState({ text: value, from: value });
  // Somebody else (a link, the back button) changed what is searched for.
  const text = typed.from === value ? typed.text : value;
  const send = useEffectEvent(onChange);
  useEffect(() => {
    if (text === value) return undefined;
    const timer = setTimeout(() => send(text), 300);
    return () => clearTimeout(timer);
  }, [text, value]);
  return (
    <div className="list-search">
      <TextInput type="search" aria-label={label ?? t("search")} placeholder={placeholder ?? label ?? t("search")} value={text} onChange={(next) => setTyped({ text: next, from: value })} />
    </div>
  );
}
