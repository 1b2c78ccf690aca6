import { useEffect, useId, useRef, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { IconButton } from "./Button.tsx";
import "./Dialog.css";

export interface DialogProps {
  title: ReactNode;
  /** Called by Escape, the cross and (drawers) a press outside. Left out: the dialog cannot be left. */
  onClose?: (() => void) | undefined;
  children: ReactNode;
  /** Buttons; the primary one last. */
  footer?: ReactNode;
  size?: "s" | "m" | "l" | undefined;
  /** "drawer" comes from the right and fills the height. */
  kind?: "dialog" | "drawer" | undefined;
  "data-testid"?: string | undefined;
}

/** The element itself holds the focus inside and gives it back; drawn only while it is open. */
export function Dialog({ title, onClose, children, footer, size = "m", kind = "dialog", ...rest }: DialogProps) {
  const { t } = useTranslation("ui");
  const element = useRef<HTMLDialogElement>(null);
  const name = useId();
  useEffect(() => {
    const dialog = element.current;
    if (dialog === null || dialog.open) return undefined;
    const before = document.activeElement;
    // Test environments may have the element without its methods.
    if (typeof dialog.showModal === "function") dialog.showModal();
    else dialog.setAttribute("open", "");
    // The cross comes first in the page; what one came for is the first thing to fill.
    dialog.querySelector<HTMLElement>(".fw-dialog-content :is(input, select, textarea):not(:disabled, [readonly])")?.focus();
    return () => {
      if (typeof dialog.close === "function") dialog.close();
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);
  return (
    <dialog
      {...rest}
      ref={element}
      aria-labelledby={name}
      className={`fw-dialog fw-dialog-${size} fw-dialog-${kind}`}
      onCancel={(event) => {
        if (event.target !== element.current) return;
        event.preventDefault();
        onClose?.();
      }}
      closedby={kind === "drawer" ? "any" : "closerequest"}
    >
      <div className="fw-dialog-body">
        <header className="fw-dialog-head">
          <h2 id={name} className="fw-grow">
            {title}
          </h2>
          {onClose !== undefined && <IconButton icon="close" label={t("close")} onClick={onClose} />}
        </header>
        <div className="fw-dialog-content">{children}</div>
        {footer !== undefined && <footer className="fw-dialog-foot">{footer}</footer>}
      </div>
    </dialog>
  );
}

export type DrawerProps = Omit<DialogProps, "kind">;

/** A dialog at the right edge, for looking at something beside the page; the whole screen on a phone. */
export function Drawer(props: DrawerProps) {
  return <Dialog {...props} kind="drawer" />;
}
