import { lazy } from "react";
import { loadKinds } from "../../core/form/kinds/index.ts";
import { lateTexts } from "../../ui/lateTexts.ts";
import { AttachmentControl } from "./controls/AttachmentControl.tsx";
import { BooleanControl } from "./controls/BooleanControl.tsx";
import { ComputedControl } from "./controls/ComputedControl.tsx";
import type { Control } from "./controls/control.ts";
import { DateControl } from "./controls/DateControl.tsx";
import { DepartmentControl } from "./controls/DepartmentControl.tsx";
import { ImageControl } from "./controls/ImageControl.tsx";
import { LongTextControl } from "./controls/LongTextControl.tsx";
import { MoneyControl } from "./controls/MoneyControl.tsx";
import { MultiSelectControl } from "./controls/MultiSelectControl.tsx";
import { NumberControl } from "./controls/NumberControl.tsx";
import { ReferenceControl } from "./controls/ReferenceControl.tsx";
import { SelectControl } from "./controls/SelectControl.tsx";
import { TextControl } from "./controls/TextControl.tsx";
import { TreeParentControl } from "./controls/TreeParentControl.tsx";
import { UserControl } from "./controls/UserControl.tsx";

/** Fetched when a field of its kind is drawn for the first time: most forms have none of these. */
function late(load: () => Promise<Control>): Control {
  return lazy(async () => {
    const [control] = await Promise.all([load(), lateTexts("controls"), loadKinds(), import("./controls/controls.css")]);
    return { default: control };
  });
}

const code = late(() => import("./controls/CodeControl.tsx").then((module) => module.CodeControl));
const range = late(() => import("./controls/RangeControl.tsx").then((module) => module.RangeControl));
const role = late(() => import("./controls/RoleControl.tsx").then((module) => module.RoleControl));
const cascade = late(() => import("./controls/CascadeControl.tsx").then((module) => module.CascadeControl));

/** Every control by the name that metadata gives it. A sub-table is laid out by the form itself. */
export const CONTROLS: Readonly<Record<string, Control>> = {
  text: TextControl,
  long_text: LongTextControl,
  integer: NumberControl,
  decimal: NumberControl,
  money: MoneyControl,
  percent: NumberControl,
  boolean: BooleanControl,
  checkbox: BooleanControl,
  date: DateControl,
  select: SelectControl,
  dropdown: SelectControl,
  multi_select: MultiSelectControl,
  checkboxes: MultiSelectControl,
  user: UserControl,
  department: DepartmentControl,
  reference: ReferenceControl,
  tree_parent: TreeParentControl,
  attachment: AttachmentControl,
  image: ImageControl,
  series: ComputedControl,
  formula: ComputedControl,
  lookup: ComputedControl,
  rollup: ComputedControl,
  uuid: ComputedControl,
  snapshot: ComputedControl,
  capital_amount: ComputedControl,

  bank_account: late(() => import("./controls/BankAccountControl.tsx").then((module) => module.BankAccountControl)),
  barcode: late(() => import("./controls/BarcodeControl.tsx").then((module) => module.BarcodeControl)),
  buttons: late(() => import("./controls/ButtonsControl.tsx").then((module) => module.ButtonsControl)),
  cascade,
  colour: late(() => import("./controls/ColourControl.tsx").then((module) => module.ColourControl)),
  credit_code: code,
  date_range: range,
  datetime: late(() => import("./controls/DatetimeControl.tsx").then((module) => module.DatetimeControl)),
  datetime_range: range,
  departments: late(() => import("./controls/DepartmentsControl.tsx").then((module) => module.DepartmentsControl)),
  duration: late(() => import("./controls/DurationControl.tsx").then((module) => module.DurationControl)),
  dynamic_reference: late(() => import("./controls/DynamicReferenceControl.tsx").then((module) => module.DynamicReferenceControl)),
  email: late(() => import("./controls/EmailControl.tsx").then((module) => module.EmailControl)),
  id_document: code,
  json: late(() => import("./controls/JsonControl.tsx").then((module) => module.JsonControl)),
  local_datetime: late(() => import("./controls/LocalDatetimeControl.tsx").then((module) => module.LocalDatetimeControl)),
  location: late(() => import("./controls/LocationControl.tsx").then((module) => module.LocationControl)),
  markdown: late(() => import("./controls/MarkdownControl.tsx").then((module) => module.MarkdownControl)),
  password: late(() => import("./controls/PasswordControl.tsx").then((module) => module.PasswordControl)),
  period: late(() => import("./controls/PeriodControl.tsx").then((module) => module.PeriodControl)),
  phone: late(() => import("./controls/PhoneControl.tsx").then((module) => module.PhoneControl)),
  progress: late(() => import("./controls/ProgressControl.tsx").then((module) => module.ProgressControl)),
  project_role: role,
  quantity: late(() => import("./controls/QuantityControl.tsx").then((module) => module.QuantityControl)),
  radio: late(() => import("./controls/RadioControl.tsx").then((module) => module.RadioControl)),
  ranking: late(() => import("./controls/RankingControl.tsx").then((module) => module.RankingControl)),
  rating: late(() => import("./controls/RatingControl.tsx").then((module) => module.RatingControl)),
  references: late(() => import("./controls/ReferencesControl.tsx").then((module) => module.ReferencesControl)),
  region: late(() => import("./controls/RegionControl.tsx").then((module) => module.RegionControl)),
  rich_text: late(() => import("./controls/RichTextControl.tsx").then((module) => module.RichTextControl)),
  role,
  secret: late(() => import("./controls/PasswordControl.tsx").then((module) => module.PasswordControl)),
  signature: late(() => import("./controls/SignatureControl.tsx").then((module) => module.SignatureControl)),
  slider: late(() => import("./controls/SliderControl.tsx").then((module) => module.SliderControl)),
  switch: late(() => import("./controls/SwitchControl.tsx").then((module) => module.SwitchControl)),
  tags: late(() => import("./controls/TagsControl.tsx").then((module) => module.TagsControl)),
  time: late(() => import("./controls/TimeControl.tsx").then((module) => module.TimeControl)),
  time_range: range,
  tree: late(() => import("./controls/TreeReferenceControl.tsx").then((module) => module.TreeReferenceControl)),
  url: late(() => import("./controls/UrlControl.tsx").then((module) => module.UrlControl)),
  users: late(() => import("./controls/UsersControl.tsx").then((module) => module.UsersControl)),
};

/** The control of a field: by its control, else by its type; one that this version does not know is edited as text. */
export function controlOf(name: string, type?: string): Control {
  return CONTROLS[name] ?? CONTROLS[type ?? ""] ?? TextControl;
}
