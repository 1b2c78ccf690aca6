import { useCallback, useId, useRef, useState, type KeyboardEvent } from "react";
import { useTranslation } from "react-i18next";
import { IconButton } from "../Button.tsx";
import { CascadePanel } from "./CascadePanel.tsx";
import type { TreeSource } from "./source.ts";
import { useLevels } from "./useLevels.ts";
import "../Field.css";
import "../Combobox.css";
import "./cascade.css";

export interface CascaderProps {
  /** "A / B / C" of what is chosen; "" when nothing is. */
  shown: string;
  chosen: string | null;
  onChange: (value: string | null, shown: string | null) => void;
  source: TreeSource;
  /** A node with others below it may be chosen too. */
  anyLevel: boolean;
  id?: string | undefined;
  onBlur?: (() => void) | undefined;
  onKeyDown?: ((event: KeyboardEvent<HTMLInputElement>) => void) | undefined;
  "aria-label"?: string | undefined;
  "aria-describedby"?: string | undefined;
  "aria-invalid"?: boolean | undefined;
  "aria-required"?: boolean | undefined;
}

/** A choice from a tree: its levels side by side (one after the other on a phone), or searched by typing. */
export function Cascader(props: CascaderProps) {
  const { shown, chosen, onChange, source, anyLevel, onBlur, onKeyDown, ...rest } = props;
  const { t } = useTranslation("ui");
  const [text, setText] = useState<string | null>(null);
  const list = useId();
  const box = useRef<HTMLSpanElement>(null);
  const open = text !== null;
  const keys = useRef<(event: KeyboardEvent) => boolean>(null);
  const close = useCallback(() => setText(null), []);
  const [active, setActive] = useState<string | null>(null);
  const choose = (value: string | null, label: string | null) => {
    onChange(value, label);
    close();
  };
  const press = (event: KeyboardEvent<HTMLInputElement>) => {
    if (!open) {
      onKeyDown?.(event);
      if (!event.defaultPrevented && (event.key === "ArrowDown" || event.key === "Enter")) {
        event.preventDefault();
        setText("");
      }
      return;
    }
    if (event.key === "Escape") close();
    else if (keys.current?.(event) !== true) return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <span ref={box} className="fw-combobox">
      <input
        {...rest}
        className="fw-input"
        role="combobox"
        autoComplete="off"
        aria-expanded={open}
        aria-haspopup="dialog"
        aria-controls={list}
        aria-activedescendant={open && active !== null ? active : undefined}
        placeholder={t("cascade.placeholder")}
        value={text === null || text === "" ? shown : text}
        onClick={() => !open && setText("")}
        onChange={(event) => setText(text === null || text === "" ? event.target.value.replace(shown, "") : event.target.value)}
        onKeyDown={press}
        onBlur={() => {
          close();
          onBlur?.();
        }}
      />
      {chosen !== null && <IconButton icon="close" size="s" tabIndex={-1} label={t("clear")} className="fw-combobox-clear" onMouseDown={(event) => event.preventDefault()} onClick={() => choose(null, null)} />}
      {open && <Levels id={list} anchor={box} text={text} source={source} anyLevel={anyLevel} chosen={chosen} keys={keys} onActive={setActive} onChoose={choose} />}
    </span>
  );
}

type LevelsProps = Omit<Parameters<typeof CascadePanel>[0], "levels" | "found" | "point" | "open" | "back"> & { source: TreeSource; text: string };

/** Lives as long as the panel is open, so that the levels are asked for only then. */
function Levels({ source, text, ...panel }: LevelsProps) {
  const levels = useLevels(source, text);
  return <CascadePanel {...panel} {...levels} />;
}
