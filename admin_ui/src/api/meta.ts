import type { FieldSettings } from "../core/form/settings.ts";

/** What the server tells of an entity for one person, in one language. */

/** A typed expression tree as JSON; `core/expressions` evaluates it. */
export type TreeJson = Readonly<Record<string, unknown>>;

export interface OptionMeta {
  value: string;
  title: string;
  color?: string | null;
  tone?: string | null;
  retired?: boolean;
  options?: OptionMeta[] | null;
}

export interface FieldMeta extends FieldSettings {
  name: string;
  id?: string;
  title: string;
  type: string;
  control: string;
  required?: boolean;
  read_only?: boolean;
  access?: "read" | "write" | "mask";
  help?: string | null;
  scale?: number | null;
  currency?: string | null;
  unit?: string | null;
  min?: string | null;
  max?: string | null;
  min_length?: number | null;
  max_length?: number | null;
  pattern?: string | null;
  options?: OptionMeta[] | null;
  to?: string | null;
  to_title?: string | null;
  accept?: string[] | null;
  max_size?: number | null;
  max_count?: number | null;
  default?: unknown;
  default_tree?: TreeJson | null;
  formula?: TreeJson | null;
  formula_text?: string | null;
  copy?: string | null;
  lookup?: string | null;
  visible?: TreeJson | null;
  required_when?: TreeJson | null;
  read_only_when?: TreeJson | null;
  when_hidden?: "keep" | "clear" | null;
  fields?: FieldMeta[] | null;
  min_rows?: number | null;
  max_rows?: number | null;
  operators?: string[] | null;
  sortable?: boolean;
  index_in_order?: number | null;
}

export interface FormItem {
  kind: "section" | "tabs" | "tab" | "field" | "note" | "divider" | "heading";
  name?: string | null;
  title?: string | null;
  field?: string | null;
  tone?: string | null;
  span?: number | null;
  columns?: string[] | null;
  items?: FormItem[] | null;
  visible?: TreeJson | null;
}

export interface FormMeta {
  name: string;
  title: string;
  items: FormItem[];
}

export interface ColumnMeta {
  field: string;
  title: string;
  width?: number | null;
  total?: string | null;
  type: string;
  scale?: number | null;
}

export interface ViewMeta {
  name: string;
  title: string;
  columns: ColumnMeta[];
  sort: string[];
  search: string[];
  filter_text?: string | null;
  /** Absent for a table. */
  kind?: "pivot";
}

export interface RuleMeta {
  name: string;
  severity: "block" | "warn";
  on: string[];
  target?: string | null;
  each?: string | null;
  when?: TreeJson | null;
  check: TreeJson;
  message_text: string;
}

export interface EntityMeta {
  key: string;
  name: string;
  title: string;
  kind: "master" | "document" | "ledger";
  display: string;
  publication: number;
  has_flow: boolean;
  has_buttons?: boolean;
  flow_title?: string | null;
  actions: string[];
  fields: FieldMeta[];
  forms: FormMeta[];
  views: ViewMeta[];
  rules: RuleMeta[];
  system_fields: FieldMeta[];
}

/** Tone of a document's status where the metadata names none: draft grey, in approval blue, effective green ... */
export const STATUS_TONES: Readonly<Record<string, string>> = {
  draft: "grey",
  in_approval: "blue",
  approved: "green",
  returned: "amber",
  withdrawn: "grey",
  rejected: "red",
  void: "red",
};
