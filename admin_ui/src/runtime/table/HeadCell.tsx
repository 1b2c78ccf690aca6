import { useRef, type KeyboardEvent, type PointerEvent } from "react";
import { useTranslation } from "react-i18next";
import { Icon } from "../../ui/Icon.tsx";
import type { ListColumn } from "./columns.ts";

interface HeadCellProps {
  column: ListColumn;
  width: number;
  sort: readonly string[];
  onSort: (field: string, keepOthers: boolean) => void;
  onResize: (field: string, width: number) => void;
}

const STEPS: Readonly<Record<string, number>> = { ArrowLeft: -16, ArrowRight: 16 };

/** A head: a press sorts, the edge resizes (pointer, or arrows while it has the focus). */
export function HeadCell({ column, width, sort, onSort, onResize }: HeadCellProps) {
  const { t } = useTranslation("table");
  const from = useRef<{ x: number; width: number } | null>(null);
  const up = sort.includes(column.field);
  const down = sort.includes(`-${column.field}`);
  const order = up ? "ascending" : down ? "descending" : undefined;
  const start = (event: PointerEvent<HTMLElement>) => {
    from.current = { x: event.clientX, width };
    event.currentTarget.setPointerCapture(event.pointerId);
  };
  const drag = (event: PointerEvent) => {
    if (from.current !== null) onResize(column.field, from.current.width + event.clientX - from.current.x);
  };
  const press = (event: KeyboardEvent) => {
    const step = STEPS[event.key];
    if (step !== undefined) onResize(column.field, width + step);
  };
  const title = (
    <>
      <span className="list-head-title">{column.title}</span>
      {order !== undefined && <Icon name={up ? "up" : "down"} size={14} />}
    </>
  );
  return (
    <th scope="col" aria-sort={order} className={column.numeric ? "list-end" : undefined}>
      {column.sortable ? (
        <button type="button" className="list-sort" title={column.title} onClick={(event) => onSort(column.field, event.shiftKey)}>
          {title}
        </button>
      ) : (
        <span className="list-sort" title={column.title}>
          {title}
        </span>
      )}
      <button
        type="button"
        tabIndex={-1}
        className="list-resize"
        aria-label={t("resize", { title: column.title })}
        onPointerDown={start}
        onPointerMove={drag}
        onPointerUp={() => {
          from.current = null;
        }}
        onKeyDown={press}
      />
    </th>
  );
}
