import { useState } from "react";
import { useTranslation } from "react-i18next";
import { readJson, textOfJson, unreadable, UnreadableJson } from "../../../core/form/kinds/jsonText.ts";
import { Button } from "../../../ui/Button.tsx";
import { TextArea } from "../../../ui/TextInput.tsx";
import type { ControlProps } from "./control.ts";

/** JSON as text; where it cannot be read, line and column say so while one types, and the text is kept. */
export function JsonControl({ value, ids, inCell, onChange, onBlur }: ControlProps) {
  const { t } = useTranslation("controls");
  const [typed, setTyped] = useState<string | null>(null);
  const text = typed ?? textOfJson(value);
  const put = (next: string) => {
    setTyped(next);
    if (next.trim() === "") return onChange(null);
    try {
      return onChange(readJson(next));
    } catch (error) {
      return onChange(error instanceof UnreadableJson ? unreadable(next) : null);
    }
  };
  return (
    <div className="control-stack">
      <TextArea {...ids} className="control-json" rows={inCell ? 1 : Math.min(16, Math.max(4, text.split("\n").length))} spellCheck={false} value={text} onChange={put} onBlur={onBlur} />
      {!inCell && (
        <div>
          <Button
            size="s"
            onClick={() => {
              setTyped(null);
            }}
          >
            {t("json.format")}
          </Button>
        </div>
      )}
    </div>
  );
}
