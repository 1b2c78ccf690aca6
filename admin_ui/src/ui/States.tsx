import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "./Button.tsx";
import { Icon } from "./Icon.tsx";
import { useProblemText } from "./problemText.ts";
import type { Tone } from "./Tag.tsx";
import "./States.css";
import "./Tag.css";

export interface EmptyProps {
  icon?: string | undefined;
  title: ReactNode;
  /** What one can do about it. */
  children?: ReactNode;
}

/** Nothing here yet, and what to do. */
export function Empty({ icon = "box", title, children }: EmptyProps) {
  return (
    <div className="fw-empty" data-testid="empty">
      <span className="fw-empty-icon">
        <Icon name={icon} size={32} />
      </span>
      <p>{title}</p>
      {children}
    </div>
  );
}

/** Grey lines where content will be: nothing jumps when it comes. */
export function Skeleton({ lines = 6 }: { lines?: number }) {
  const { t } = useTranslation("ui");
  return (
    <output className="fw-skeleton-lines" aria-label={t("loading")}>
      {Array.from({ length: lines }, (_, line) => (
        <div key={line} className="fw-skeleton" style={{ width: `${90 - ((line * 17) % 40)}%` }} />
      ))}
    </output>
  );
}

export interface ErrorStateProps {
  error: unknown;
  onRetry?: (() => void) | undefined;
}

/** Something could not be loaded: why, and the way to try again. */
export function ErrorState({ error, onRetry }: ErrorStateProps) {
  const { t } = useTranslation("ui");
  const text = useProblemText()(error);
  return (
    <div className="fw-empty" role="alert" data-testid="error-state">
      <span className="fw-empty-icon">
        <Icon name="warning" size={32} />
      </span>
      <h2>{text.title}</h2>
      {text.detail !== "" && <p className="fw-muted">{text.detail}</p>}
      {text.requestId !== "" && <p className="fw-muted fw-small">{t("problem.request", { id: text.requestId })}</p>}
      {onRetry !== undefined && (
        <Button icon="refresh" onClick={onRetry}>
          {t("retry")}
        </Button>
      )}
    </div>
  );
}

export interface NoticeProps {
  tone: Tone;
  children: ReactNode;
  action?: ReactNode;
}

/** A line above content: a draft was restored, a warning does not block ... */
export function Notice({ tone, children, action }: NoticeProps) {
  return (
    <div className={`fw-notice fw-tone-${tone}`} role={tone === "red" ? "alert" : "status"}>
      <Icon name={tone === "red" || tone === "amber" ? "warning" : "info"} />
      <div className="fw-grow">{children}</div>
      {action}
    </div>
  );
}
