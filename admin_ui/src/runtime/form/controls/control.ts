import type { ComponentType, KeyboardEvent } from "react";
import type { FieldMeta, Json, Values } from "../../../core/form/types.ts";

/** What belongs to the element that takes the focus, so that label, help and error are its own. */
export interface ControlIds {
  readonly id: string;
  readonly "aria-label"?: string | undefined;
  readonly "aria-describedby"?: string | undefined;
  readonly "aria-invalid"?: boolean | undefined;
  readonly "aria-required"?: boolean | undefined;
}

/** What every control gets. A control is one file and one line in the registry. */
export interface ControlProps {
  readonly meta: FieldMeta;
  readonly value: Json;
  /** The text of a reference, a user or a department. */
  readonly label: string | null;
  readonly ids: ControlIds;
  /** Inside a sub-table: no room for more than one line. */
  readonly inCell: boolean;
  readonly onChange: (value: Json, label?: string | null) => void;
  readonly onBlur: () => void;
  /** Keys that the control does not need itself: moving between cells. */
  readonly onKeyDown?: ((event: KeyboardEvent<HTMLInputElement>) => void) | undefined;
  /** `order.line.item`: the field that asks, for filters of the candidates. */
  readonly asker: string;
  readonly record: () => Values;
}

export type Control = ComponentType<ControlProps>;
