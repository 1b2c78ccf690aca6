import type { KeyboardEvent } from "react";
import { useTranslation } from "react-i18next";
import { formatDate } from "../../core/formats/date.ts";
import { Amount } from "../../ui/Amount.tsx";
import { Moment } from "../../ui/Moment.tsx";
import { isNumeric } from "../table/columns.ts";
import type { Condition } from "../table/filter.ts";
import type { FigureData } from "./data.ts";

interface PivotCellProps {
  at: readonly [number, number];
  first: boolean;
  value: FigureData;
  total: boolean;
  figure: string | number | boolean | null;
  where: Condition[] | null;
  onOpen: (where: readonly Condition[]) => void;
}

function Figure({ value, figure }: { value: FigureData; figure: string | number | boolean }) {
  if (value.type === "date") return formatDate(String(figure));
  if (value.type === "datetime") return <Moment value={String(figure)} />;
  if (typeof figure === "number" || isNumeric(value.type)) return <Amount value={String(figure)} scale={value.scale} percent={value.type === "percent"} />;
  return String(figure);
}

const STEPS: Readonly<Record<string, readonly [number, number]>> = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

/** Goes from a figure to its next neighbour; what is blank is passed over. */
function walk(event: KeyboardEvent<HTMLElement>): void {
  const step = STEPS[event.key];
  const body = event.currentTarget.closest("tbody");
  const from = event.currentTarget.closest<HTMLElement>("[data-at]");
  if (step === undefined || body === null || from === null) return;
  event.preventDefault();
  let [row = 0, column = 0] = (from.dataset["at"] ?? "").split(" ").map(Number);
  for (;;) {
    row += step[0];
    column += step[1];
    const next = body.querySelector(`[data-at="${row} ${column}"]`);
    if (next === null) return;
    const button = next.querySelector("button");
    if (button !== null) {
      event.currentTarget.tabIndex = -1;
      button.tabIndex = 0;
      button.focus();
      return;
    }
  }
}

/** A figure that opens the records behind it; the arrow keys lead on to its neighbours. */
export function PivotCell({ at, first, value, total, figure, where, onOpen }: PivotCellProps) {
  const { t } = useTranslation("pivot");
  return (
    <td data-at={at.join(" ")} className={total ? "pivot-sum" : undefined}>
      {figure !== null &&
        (where === null ? (
          <Figure value={value} figure={figure} />
        ) : (
          <button type="button" className="pivot-figure" tabIndex={first ? 0 : -1} title={t("behind")} onKeyDown={walk} onClick={() => onOpen(where)}>
            <Figure value={value} figure={figure} />
          </button>
        ))}
    </td>
  );
}
