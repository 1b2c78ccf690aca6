import { useDeferredValue, useEffect, useId, useRef, type KeyboardEvent, type ReactNode } from "react";
import "./Tabs.css";

export interface TabItem {
  key: string;
  label: ReactNode;
  /** A number after the label: errors in the tab, waiting tasks. */
  count?: number | undefined;
  countTone?: "red" | "grey" | undefined;
  content?: ReactNode;
}

export interface TabsProps {
  label: string;
  items: readonly TabItem[];
  value: string;
  onChange: (key: string) => void;
  /** Keeps the content of hidden tabs in the page (forms: what was typed stays, errors can be reached). */
  keep?: boolean | undefined;
}

const STEPS: Readonly<Record<string, number>> = { ArrowRight: 1, ArrowLeft: -1 };

/** Tabs as WAI-ARIA has them: arrows move and select; content may be left out to use the head alone. */
export function Tabs({ label, items, value, onChange, keep }: TabsProps) {
  const name = useId();
  // What nobody sees yet is drawn after what is seen: a form of 300 fields shows its first tab at once.
  const kept = useDeferredValue(keep === true, false);
  const head = useRef<HTMLDivElement>(null);
  // A tab that an address chose may lie beside a phone's edge. Only the head scrolls for it, not the page.
  useEffect(() => {
    const [box, tab] = [head.current, document.getElementById(`${name}-${value}`)];
    if (box === null || tab === null) return;
    const start = tab.offsetLeft - box.offsetLeft;
    if (start < box.scrollLeft) box.scrollLeft = start;
    else if (start + tab.offsetWidth > box.scrollLeft + box.clientWidth) box.scrollLeft = start + tab.offsetWidth - box.clientWidth;
  }, [name, value]);
  const press = (event: KeyboardEvent<HTMLElement>) => {
    const step = STEPS[event.key];
    if (step === undefined) return;
    const at = items.findIndex((item) => item.key === value);
    const next = items[(at + step + items.length) % items.length];
    if (next === undefined) return;
    event.preventDefault();
    onChange(next.key);
    document.getElementById(`${name}-${next.key}`)?.focus();
  };
  return (
    <div className="fw-tabs">
      <div ref={head} role="tablist" tabIndex={-1} aria-label={label} className="fw-tabs-head" onKeyDown={press}>
        {items.map((item) => (
          <button
            key={item.key}
            id={`${name}-${item.key}`}
            type="button"
            role="tab"
            aria-selected={item.key === value}
            aria-controls={item.content === undefined ? undefined : `${name}-${item.key}-panel`}
            tabIndex={item.key === value ? 0 : -1}
            className="fw-tab"
            onClick={() => onChange(item.key)}
          >
            {item.label}
            {item.count !== undefined && item.count > 0 && <span className={`fw-count fw-count-${item.countTone ?? "grey"}`}>{item.count}</span>}
          </button>
        ))}
      </div>
      {items.map((item) =>
        item.content !== undefined && (kept || item.key === value) ? (
          <div key={item.key} id={`${name}-${item.key}-panel`} role="tabpanel" aria-labelledby={`${name}-${item.key}`} hidden={item.key !== value} className="fw-tab-panel">
            {item.content}
          </div>
        ) : null,
      )}
    </div>
  );
}
