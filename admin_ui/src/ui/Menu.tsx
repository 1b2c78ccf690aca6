import { useEffect, useRef, useState, type KeyboardEvent } from "react";
import { Button } from "./Button.tsx";
import { Icon } from "./Icon.tsx";
import { useAnchor } from "./useAnchor.ts";
import "./Combobox.css";

export interface MenuEntry {
  key: string;
  label: string;
  icon?: string | undefined;
  /** Marks the current choice. */
  checked?: boolean | undefined;
  danger?: boolean | undefined;
  disabled?: boolean | undefined;
  onSelect: () => void;
}

export interface MenuProps {
  /** Name of the button; shown unless `iconOnly`. */
  label: string;
  icon?: string | undefined;
  iconOnly?: boolean | undefined;
  variant?: "secondary" | "ghost" | undefined;
  size?: "m" | "s" | undefined;
  entries: readonly MenuEntry[];
  className?: string | undefined;
}

function move(list: HTMLElement | null, step: number): void {
  const buttons = [...(list?.querySelectorAll<HTMLElement>("button:not(:disabled)") ?? [])];
  const at = buttons.indexOf(document.activeElement as HTMLElement);
  buttons[(at + step + buttons.length) % buttons.length]?.focus();
}

/** A button with a list of commands: arrows move, Escape gives the focus back. */
export function Menu({ label, icon, iconOnly, variant = "ghost", size, entries, className }: MenuProps) {
  const [open, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const list = useRef<HTMLDivElement>(null);
  useAnchor(open, button, list, false);
  useEffect(() => {
    if (!open) return undefined;
    list.current?.querySelector<HTMLElement>("button:not(:disabled)")?.focus();
    const outside = (event: PointerEvent) => {
      const target = event.target as Node;
      if (list.current?.contains(target) !== true && button.current?.contains(target) !== true) setOpen(false);
    };
    document.addEventListener("pointerdown", outside);
    return () => document.removeEventListener("pointerdown", outside);
  }, [open]);
  const press = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined) move(list.current, step);
    else if (event.key === "Escape") button.current?.focus();
    else if (event.key !== "Tab") return;
    if (step === undefined) setOpen(false);
    if (event.key !== "Tab") event.preventDefault();
    event.stopPropagation();
  };
  return (
    <>
      <Button ref={button} variant={variant} size={size} icon={icon} className={iconOnly ? `fw-icon-button ${className ?? ""}` : className} aria-haspopup="menu" aria-expanded={open} aria-label={iconOnly ? label : undefined} title={iconOnly ? label : undefined} onClick={() => setOpen(!open)}>
        {!iconOnly && label}
      </Button>
      {open && (
        <div ref={list} role="menu" tabIndex={-1} aria-label={label} className="fw-menu-list" onKeyDown={press}>
          {entries.map((entry) => (
            <button
              key={entry.key}
              type="button"
              role={entry.checked === undefined ? "menuitem" : "menuitemradio"}
              aria-checked={entry.checked}
              disabled={entry.disabled}
              className={entry.danger ? "fw-option fw-option-danger" : "fw-option"}
              onClick={() => {
                setOpen(false);
                button.current?.focus();
                entry.onSelect();
              }}
            >
              {entry.icon !== undefined && <Icon name={entry.icon} size={16} />}
              <span className="fw-grow">{entry.label}</span>
              {entry.checked === true && <Icon name="check" size={16} />}
            </button>
          ))}
        </div>
      )}
    </>
  );
}
