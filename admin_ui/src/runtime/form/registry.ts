import { AttachmentControl } from "./controls/AttachmentControl.tsx";
import { BooleanControl } from "./controls/BooleanControl.tsx";
import { ComputedControl } from "./controls/ComputedControl.tsx";
import type { Control } from "./controls/control.ts";
import { DateControl } from "./controls/DateControl.tsx";
import { DatetimeControl } from "./controls/DatetimeControl.tsx";
import { DepartmentControl } from "./controls/DepartmentControl.tsx";
import { ImageControl } from "./controls/ImageControl.tsx";
import { LongTextControl } from "./controls/LongTextControl.tsx";
import { MultiSelectControl } from "./controls/MultiSelectControl.tsx";
import { NumberControl } from "./controls/NumberControl.tsx";
import { ReferenceControl } from "./controls/ReferenceControl.tsx";
import { SelectControl } from "./controls/SelectControl.tsx";
import { TextControl } from "./controls/TextControl.tsx";
import { TimeControl } from "./controls/TimeControl.tsx";
import { TreeParentControl } from "./controls/TreeParentControl.tsx";
import { UserControl } from "./controls/UserControl.tsx";

/** Every control by the name that metadata gives it. A sub-table is laid out by the form itself. */
export const CONTROLS: Readonly<Record<string, Control>> = {
  text: TextControl,
  long_text: LongTextControl,
  integer: NumberControl,
  decimal: NumberControl,
  money: NumberControl,
  percent: NumberControl,
  quantity: NumberControl,
  boolean: BooleanControl,
  date: DateControl,
  time: TimeControl,
  datetime: DatetimeControl,
  select: SelectControl,
  multi_select: MultiSelectControl,
  user: UserControl,
  department: DepartmentControl,
  reference: ReferenceControl,
  tree_parent: TreeParentControl,
  attachment: AttachmentControl,
  image: ImageControl,
  series: ComputedControl,
  formula: ComputedControl,
  lookup: ComputedControl,
};

/** The control of a field; one that this version does not know is edited as text. */
export function controlOf(name: string): Control {
  return CONTROLS[name] ?? TextControl;
}
