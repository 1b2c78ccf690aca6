import type { ButtonHTMLAttributes, ReactNode, Ref } from "react";
import { Icon } from "./Icon.tsx";
import "./Button.css";

export interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  /** One primary action a page; danger only for what takes something away; link inside tables and texts. */
  variant?: "primary" | "secondary" | "ghost" | "danger" | "link" | undefined;
  size?: "m" | "s" | undefined;
  icon?: string | undefined;
  /** Shows that it is at work and refuses a second press. */
  busy?: boolean | undefined;
  ref?: Ref<HTMLButtonElement> | undefined;
  children?: ReactNode;
}

export function Button({ variant = "secondary", size = "m", icon, busy, children, className, disabled, ...rest }: ButtonProps) {
  const classes = ["fw-button", `fw-button-${variant}`, `fw-button-${size}`, className].filter(Boolean).join(" ");
  return (
    <button type="button" {...rest} className={classes} disabled={disabled === true || busy === true} aria-busy={busy}>
      {icon !== undefined && <Icon name={icon} size={size === "s" ? 14 : 16} />}
      {children}
    </button>
  );
}

export interface IconButtonProps extends Omit<ButtonProps, "children"> {
  icon: string;
  /** What a screen reader says and a pointer sees. */
  label: string;
}

export function IconButton({ label, variant = "ghost", className, ...rest }: IconButtonProps) {
  return (
    <Button {...rest} variant={variant} className={["fw-icon-button", className].filter(Boolean).join(" ")} aria-label={label} title={label} />
  );
}
