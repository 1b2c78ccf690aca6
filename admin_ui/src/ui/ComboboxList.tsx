import type { Ref } from "react";
import { useTranslation } from "react-i18next";
import type { Option } from "../api/types.ts";
import type { SearchState } from "./useSearch.ts";

interface ComboboxListProps {
  id: string;
  options: readonly Option[];
  state: SearchState;
  at: number;
  chosen: string | undefined;
  onChoose: (option: Option) => void;
  ref: Ref<HTMLDivElement>;
}

function note(state: SearchState, found: number): string | null {
  if (state === "failed") return "combobox.failed";
  if (found > 0) return null;
  return state === "done" ? "combobox.none" : "loading";
}

/** The floating part of a combobox; pressing in it never takes the focus from the input. */
export function ComboboxList({ id, options, state, at, chosen, onChoose, ref }: ComboboxListProps) {
  const { t } = useTranslation("ui");
  const message = note(state, options.length);
  return (
    <div ref={ref} id={id} role="listbox" tabIndex={-1} className="fw-combobox-list" aria-label={t("combobox.options")} aria-busy={state === "loading"}>
      {options.map((option, index) => (
        <div
          key={option.id}
          id={`${id}-${index}`}
          role="option"
          tabIndex={-1}
          aria-selected={option.id === chosen}
          className={index === at ? "fw-option fw-option-at" : "fw-option"}
          ref={(element) => {
            if (index === at) element?.scrollIntoView?.({ block: "nearest" });
          }}
          onMouseDown={(event) => {
            event.preventDefault();
            onChoose(option);
          }}
        >
          <span className="fw-grow">{option.label}</span>
          {option.hint && <span className="fw-muted fw-small">{option.hint}</span>}
        </div>
      ))}
      {message !== null && (
        <output className="fw-option fw-muted">{t(message)}</output>
      )}
    </div>
  );
}
