import { useEffect, type ReactNode } from "react";
import "./Page.css";

export interface PageProps {
  title: string;
  /** Beside the title: a status tag, a count. */
  state?: ReactNode;
  /** At the right; the one primary action last. */
  actions?: ReactNode;
  /** Above the title: where one came from. */
  above?: ReactNode;
  /** "form" stops at 1,200 px, "full" uses the whole width, "fill" also the whole height without page scroll. */
  width?: "full" | "form" | "fill" | undefined;
  /** Docked at the bottom, at the thumb on a phone. */
  dock?: ReactNode;
  children: ReactNode;
}

/** Head that stays in sight, content, docked actions. */
export function Page({ title, state, actions, above, width = "full", dock, children }: PageProps) {
  useEffect(() => {
    document.title = `${title} · Formwork`;
  }, [title]);
  return (
    <div className={`fw-page fw-page-${width}`}>
      <header className="fw-page-head">
        <div className="fw-grow">
          {above}
          <div className="fw-row fw-page-title">
            <h1>{title}</h1>
            {state}
          </div>
        </div>
        {actions !== undefined && <div className="fw-row fw-row-wrap">{actions}</div>}
      </header>
      <div className="fw-page-content">{children}</div>
      {dock !== undefined && dock !== null && <div className="fw-page-dock">{dock}</div>}
    </div>
  );
}
