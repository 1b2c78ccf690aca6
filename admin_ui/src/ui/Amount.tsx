import { formatNumber, formatPercent, isNegative } from "../core/formats/number.ts";
import "./Amount.css";

export interface AmountProps {
  /** Exact decimal text. */
  value: string | number | null | undefined;
  scale?: number | null | undefined;
  /** A stored fraction shown as per cent. */
  percent?: boolean | undefined;
  unit?: string | null | undefined;
}

/** A number: thousands, tabular figures; negative in red and with its sign. */
export function Amount({ value, scale, percent, unit }: AmountProps) {
  const text = percent ? formatPercent(value) : formatNumber(value, scale);
  if (text === "") return <span className="fw-muted">—</span>;
  return (
    <span className={isNegative(value) ? "fw-amount fw-negative" : "fw-amount"}>
      {text}
      {unit !== null && unit !== undefined && unit !== "" && <span className="fw-unit"> {unit}</span>}
    </span>
  );
}
