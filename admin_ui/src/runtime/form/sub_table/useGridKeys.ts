import { cellPath } from "../../../core/form/paths.ts";
import type { FormStore } from "../../../core/form/store.ts";
import type { Json } from "../../../core/form/types.ts";
import { isBlank } from "../../../core/form/values.ts";
import { controlId, type Revealer } from "../reveal.ts";
import type { GridColumn } from "./columns.ts";

interface GridPlace {
  readonly row: string;
  readonly field: string;
}

export function placeOfTarget(target: EventTarget): GridPlace | null {
  const cell = target instanceof Element ? target.closest<HTMLElement>("[data-row]") : null;
  const { row, field } = cell?.dataset ?? {};
  return row === undefined || field === undefined ? null : { row, field };
}

/** Arrows belong to the control where it uses them itself: lists, dates, text of several lines, a caret inside a text. */
function keepsArrow(target: EventTarget, key: string): boolean {
  if (!(target instanceof HTMLInputElement)) return target instanceof HTMLSelectElement || target instanceof HTMLTextAreaElement;
  if (["date", "time", "datetime-local", "number"].includes(target.type)) return true;
  if (key === "ArrowUp" || key === "ArrowDown" || target.type === "checkbox") return false;
  const { selectionStart: start, selectionEnd: end, value } = target;
  const whole = start === 0 && end === value.length;
  return !whole && !(key === "ArrowLeft" ? start === 0 && end === 0 : start === value.length);
}

/**
 * Enter goes down and adds a row at the end, Shift+Enter up, arrows between cells. Tab after the last cell adds a row; out
 * of a row in which nothing was filled it goes on, and takes that row away: the table must not hold the keyboard.
 */
export function useGridKeys(store: FormStore, revealer: Revealer, table: string, columns: readonly GridColumn[], addRow: (() => string) | null) {
  const go = (row: string | undefined, field: string | undefined) => {
    if (row !== undefined && field !== undefined) revealer.reveal(cellPath(table, row, field));
  };
  const editable = (row: string) => columns.filter(({ meta }) => !store.cell(cellPath(table, row, meta.name)).readOnly).map(({ meta }) => meta.name);
  const vertical = (place: GridPlace, step: number, grow: boolean) => {
    const rows = store.rows(table);
    const at = rows.indexOf(place.row) + step;
    if (at >= rows.length && grow && addRow) go(addRow(), place.field);
    else go(rows[at], place.field);
  };
  const sideways = (place: GridPlace, step: number) => {
    const names = editable(place.row);
    go(place.row, names[names.indexOf(place.field) + step]);
  };
  const onwards = (place: GridPlace) => {
    if (isFilled(store, table, place.row, columns)) return go(addRow?.(), editable(place.row)[0]);
    store.removeRow(table, place.row);
    document.getElementById(controlId(table))?.focus();
  };
  /** With Alt the row itself is meant: down opens what lies inside it, up closes that, with Shift they move the row. */
  const besides = ({ key, shiftKey }: KeyboardEvent, place: GridPlace): boolean => {
    const step = key === "ArrowDown" ? 1 : key === "ArrowUp" ? -1 : 0;
    if (step !== 0 && shiftKey && addRow) {
      store.moveRow(table, place.row, store.rows(table).indexOf(place.row) + step);
      go(place.row, place.field);
      return true;
    }
    const fold = document.querySelector<HTMLElement>(`[data-fold="${place.row}"]`);
    if (step === 0 || fold === null || shiftKey) return false;
    if ((fold.getAttribute("aria-expanded") === "true") !== (step === 1)) fold.click();
    return true;
  };
  return (event: KeyboardEvent) => {
    const { key, target } = event;
    const place = target === null ? null : placeOfTarget(target);
    if (place === null || target === null || event.defaultPrevented || event.ctrlKey || event.metaKey) return;
    if (event.altKey) {
      if (!besides(event, place)) return;
      event.preventDefault();
      return;
    }
    const combobox = target instanceof HTMLElement && target.role === "combobox";
    if (key === "Enter" && !(target instanceof HTMLTextAreaElement) && !(target instanceof HTMLButtonElement) && !combobox) vertical(place, event.shiftKey ? -1 : 1, true);
    else if ((key === "ArrowDown" || key === "ArrowUp") && !combobox && !keepsArrow(target, key)) vertical(place, key === "ArrowDown" ? 1 : -1, false);
    else if ((key === "ArrowLeft" || key === "ArrowRight") && !keepsArrow(target, key)) sideways(place, key === "ArrowRight" ? 1 : -1);
    else if (key === "Tab" && !event.shiftKey && addRow && isLast(store, table, place, editable(place.row))) onwards(place);
    else return;
    event.preventDefault();
  };
}

/** Whether a row says something that a new one does not say by itself. */
function isFilled(store: FormStore, table: string, row: string, columns: readonly GridColumn[]): boolean {
  const own = columns.filter(({ meta }) => isBlank((meta.default ?? null) as Json) && !meta.default_tree);
  return own.some(({ meta }) => !store.cell(cellPath(table, row, meta.name)).readOnly && !isBlank(store.cell(cellPath(table, row, meta.name)).value));
}

function isLast(store: FormStore, table: string, place: GridPlace, names: readonly string[]): boolean {
  return store.rows(table).at(-1) === place.row && names.at(-1) === place.field && document.getElementById(controlId(cellPath(table, place.row, place.field))) !== null;
}
