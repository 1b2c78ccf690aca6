import { useEffect, useRef, type ReactNode, type RefObject } from "react";
import { useAnchor } from "./useAnchor.ts";
import "./Combobox.css";

export interface PopoverProps {
  label: string;
  anchor: RefObject<HTMLElement | null>;
  onClose: () => void;
  className?: string | undefined;
  children: ReactNode;
}

/** A small panel beside what opened it; Escape, a press outside and leaving it with the keyboard close it. */
export function Popover({ label, anchor, onClose, className, children }: PopoverProps) {
  const panel = useRef<HTMLDivElement>(null);
  useAnchor(true, anchor, panel, false);
  useEffect(() => {
    const outside = (event: PointerEvent | FocusEvent) => {
      const target = event.target as Node;
      if (panel.current?.contains(target) !== true && anchor.current?.contains(target) !== true) onClose();
    };
    document.addEventListener("pointerdown", outside);
    document.addEventListener("focusin", outside);
    const press = (event: KeyboardEvent) => {
      if (event.key !== "Escape") return;
      event.stopPropagation();
      event.preventDefault();
      onClose();
      anchor.current?.querySelector("button")?.focus();
    };
    const inside = panel.current;
    inside?.addEventListener("keydown", press);
    return () => {
      inside?.removeEventListener("keydown", press);
      document.removeEventListener("pointerdown", outside);
      document.removeEventListener("focusin", outside);
    };
  }, [anchor, onClose]);
  return (
    <div ref={panel} role="dialog" aria-label={label} tabIndex={-1} className={["fw-menu-list", className].filter(Boolean).join(" ")}>
      {children}
    </div>
  );
}
