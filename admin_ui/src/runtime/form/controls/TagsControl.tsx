import { useState, type KeyboardEvent } from "react";
import { useTranslation } from "react-i18next";
import { wordsOf } from "../../../core/form/kinds/words.ts";
import { Chips } from "../../../ui/Chips.tsx";
import { TextInput } from "../../../ui/TextInput.tsx";
import { textsOf } from "../display.ts";
import type { ControlProps } from "./control.ts";

/** Free words: Enter or a comma keeps one, Backspace in an empty box takes the last one away. */
export function TagsControl({ meta, value, ids, onChange, onBlur }: ControlProps) {
  const { t } = useTranslation("controls");
  const [text, setText] = useState("");
  const words = textsOf(value);
  const put = (next: readonly string[]) => onChange(next.length === 0 ? null : [...new Set(next)]);
  const keep = (typed: string) => {
    const fresh = wordsOf(typed);
    if (fresh.length > 0) put([...words, ...fresh]);
    setText("");
  };
  const press = (event: KeyboardEvent) => {
    if (event.key === "Enter" && text.trim() !== "" && !event.nativeEvent.isComposing) keep(text);
    else if (event.key === "Backspace" && text === "" && words.length > 0) put(words.slice(0, -1));
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div className="control-stack">
      <Chips items={words.map((word) => ({ id: word, label: word }))} label={ids["aria-label"] ?? meta.title} onRemove={(word) => put(words.filter((one) => one !== word))} />
      <TextInput
        {...ids}
        placeholder={t("tags.placeholder")}
        value={text}
        onChange={(typed) => (/[,，;；、\n\t]/.test(typed) ? keep(typed) : setText(typed))}
        onKeyDown={press}
        onBlur={() => {
          keep(text);
          onBlur();
        }}
      />
    </div>
  );
}
