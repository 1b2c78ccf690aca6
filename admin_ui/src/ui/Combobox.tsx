import { useId, useRef, useState, type KeyboardEvent, type Ref } from "react";
import { useTranslation } from "react-i18next";
import type { Option } from "../api/types.ts";
import { IconButton } from "./Button.tsx";
import { ComboboxList } from "./ComboboxList.tsx";
import { useAnchor } from "./useAnchor.ts";
import { useSearch } from "./useSearch.ts";
import "./Field.css";
import "./Combobox.css";

export interface ComboboxProps {
  value: Option | null;
  onChange: (option: Option | null) => void;
  /** Candidates for what was typed; "" asks for the first ones. */
  search: (text: string) => Promise<Option[]>;
  id?: string | undefined;
  placeholder?: string | undefined;
  disabled?: boolean | undefined;
  /** Whether the choice can be taken away again (default true). */
  clearable?: boolean | undefined;
  autoFocus?: boolean | undefined;
  onFocus?: (() => void) | undefined;
  onBlur?: (() => void) | undefined;
  /** Keys while the list is closed: for moving between cells. */
  onKeyDown?: ((event: KeyboardEvent<HTMLInputElement>) => void) | undefined;
  ref?: Ref<HTMLInputElement> | undefined;
  className?: string | undefined;
  "aria-label"?: string | undefined;
  "aria-describedby"?: string | undefined;
  "aria-invalid"?: boolean | undefined;
  "aria-required"?: boolean | undefined;
  "data-testid"?: string | undefined;
}

/** A searching picker: type, arrows, Enter; Escape leaves the choice as it was. */
export function Combobox(props: ComboboxProps) {
  const { value, onChange, search, clearable = true, placeholder, className, onFocus, onBlur, onKeyDown, ...rest } = props;
  const { t } = useTranslation("ui");
  const list = useId();
  const box = useRef<HTMLSpanElement>(null);
  const floating = useRef<HTMLDivElement>(null);
  const [open, setOpen] = useState(false);
  const [text, setText] = useState("");
  const [at, setAt] = useState(0);
  // Enter came before the answer: where there is only one that fits, that one was meant.
  const hurried = useRef(false);

  const show = (typed: string) => {
    setText(typed);
    setAt(0);
    hurried.current = false;
    setOpen(true);
  };
  const close = () => {
    setOpen(false);
    setText("");
  };
  const choose = (option: Option | null) => {
    onChange(option);
    close();
  };
  const { options, state } = useSearch(open, text, search, (found) => {
    const only = hurried.current && found.length === 1 ? found[0] : undefined;
    hurried.current = false;
    if (only !== undefined) choose(only);
  });
  useAnchor(open, box, floating);
  const press = (event: KeyboardEvent<HTMLInputElement>) => {
    if (!open) {
      onKeyDown?.(event);
      if (!event.defaultPrevented && (event.key === "ArrowDown" || event.key === "Enter")) {
        event.preventDefault();
        show("");
      }
      return;
    }
    const chosen = options[at];
    if (event.key === "ArrowDown") setAt(Math.min(at + 1, options.length - 1));
    else if (event.key === "ArrowUp") setAt(Math.max(at - 1, 0));
    else if (event.key === "Escape") close();
    else if (event.key !== "Enter") return;
    // While the answer to what was typed is still on its way, the options are those of an older text.
    else if (state === "loading") hurried.current = true;
    else if (chosen !== undefined) choose(chosen);
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <span ref={box} className={["fw-combobox", className].filter(Boolean).join(" ")}>
      <input
        {...rest}
        className="fw-input"
        role="combobox"
        autoComplete="off"
        aria-expanded={open}
        aria-controls={list}
        aria-autocomplete="list"
        aria-activedescendant={open && options[at] !== undefined ? `${list}-${at}` : undefined}
        placeholder={placeholder ?? t("combobox.placeholder")}
        value={open ? text : (value?.label ?? "")}
        onFocus={onFocus}
        onClick={() => !open && show("")}
        onChange={(event) => show(event.target.value)}
        onKeyDown={press}
        onBlur={() => {
          close();
          onBlur?.();
        }}
      />
      {clearable && value !== null && rest.disabled !== true && (
        <IconButton icon="close" size="s" tabIndex={-1} label={t("clear")} className="fw-combobox-clear" onMouseDown={(event) => event.preventDefault()} onClick={() => choose(null)} />
      )}
      {open && <ComboboxList ref={floating} id={list} options={options} state={state} at={at} chosen={value?.id} onChoose={choose} />}
    </span>
  );
}
