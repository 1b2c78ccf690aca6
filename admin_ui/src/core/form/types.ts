import type { FieldSettings, OptionNode } from "./settings.ts";

/** The shapes of the contract that a form lives on: what an entity looks like for this person, and one of its records. */

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** A typed expression tree as the server stores it; only the evaluator looks inside. */
export type Tree = Readonly<Record<string, unknown>>;

export type Access = "read" | "write" | "hidden" | "mask" | "required";

export type Option = OptionNode;

export interface FieldMeta extends FieldSettings {
  readonly name: string;
  readonly title: string;
  readonly type: string;
  readonly control: string;
  readonly id?: string;
  readonly required?: boolean;
  readonly read_only?: boolean;
  readonly access?: Access | null;
  readonly help?: string | null;
  readonly scale?: number | null;
  readonly currency?: string | null;
  readonly unit?: string | null;
  readonly min?: string | number | null;
  readonly max?: string | number | null;
  readonly min_length?: number | null;
  readonly max_length?: number | null;
  readonly pattern?: string | null;
  readonly options?: readonly Option[] | null;
  readonly to?: string | null;
  readonly to_title?: string | null;
  readonly accept?: readonly string[] | null;
  readonly max_size?: number | null;
  readonly max_count?: number | null;
  readonly default?: unknown;
  readonly default_tree?: Tree | null;
  readonly formula?: Tree | null;
  readonly formula_text?: string | null;
  readonly copy?: string | null;
  readonly lookup?: string | null;
  readonly visible?: Tree | null;
  readonly required_when?: Tree | null;
  readonly read_only_when?: Tree | null;
  readonly when_hidden?: "keep" | "clear" | "ignore" | null;
  readonly fields?: readonly FieldMeta[] | null;
  readonly min_rows?: number | null;
  readonly max_rows?: number | null;
  readonly index_in_order?: number | null;
}

export interface FormItem {
  readonly kind: "section" | "tabs" | "tab" | "field" | "note" | "divider" | "heading";
  readonly name?: string | null;
  readonly title?: string | null;
  readonly field?: string | null;
  /** Of a note. */
  readonly tone?: string | null;
  readonly span?: number | null;
  readonly columns?: readonly (string | { readonly field: string; readonly width?: number | null })[] | null;
  readonly items?: readonly FormItem[] | null;
  readonly visible?: Tree | null;
}

export interface RuleMeta {
  readonly name: string;
  readonly severity: "block" | "warn";
  readonly on: readonly string[];
  readonly target?: string | null;
  readonly each?: string | null;
  readonly when?: Tree | null;
  readonly check: Tree;
  readonly message_text: string;
}

export interface FormMeta {
  readonly name: string;
  readonly title: string;
  readonly items: readonly FormItem[];
}

export interface EntityMeta {
  readonly key: string;
  readonly name: string;
  readonly title: string;
  readonly kind: "master" | "document" | "ledger";
  readonly display?: string | null;
  readonly publication?: number;
  readonly has_flow?: boolean;
  /** Whether automations put buttons on its records. */
  readonly has_buttons?: boolean;
  readonly flow_title?: string | null;
  readonly actions: readonly string[];
  readonly fields: readonly FieldMeta[];
  readonly forms: readonly FormMeta[];
  readonly rules?: readonly RuleMeta[];
  readonly system_fields?: readonly FieldMeta[];
}

/** Labels of references: by field path, either the one label or a map from id to label. */
export type Labels = Readonly<Record<string, string | Readonly<Record<string, string>> | null>>;

export type Values = Readonly<Record<string, Json>>;

export interface RecordData {
  readonly id: string;
  readonly version: number;
  readonly status?: string | null;
  readonly values: Values;
  readonly labels?: Labels;
  readonly actions?: readonly string[];
  readonly field_access?: Readonly<Record<string, Access>>;
  readonly created_at?: string | null;
  readonly created_by?: string | null;
  readonly updated_at?: string | null;
  readonly updated_by?: string | null;
  readonly owner?: string | null;
  readonly submitted_at?: string | null;
  readonly effective_at?: string | null;
  readonly problems?: readonly ProblemData[];
  /** What came together where somebody else had saved in between. */
  readonly merged?: { readonly base: number; readonly onto: number; readonly yours: readonly string[]; readonly theirs: readonly string[] };
}

/** One finding as it comes over the wire. */
export interface ProblemData {
  readonly code: string;
  readonly pointer?: string;
  readonly detail?: string;
  readonly remedy?: string;
  readonly severity?: string;
  readonly params?: Readonly<Record<string, unknown>>;
}

/** One file of an attachment value. */
export interface FileValue {
  readonly id: string;
  readonly name: string;
  readonly size: number;
  readonly media_type: string;
}

export interface FieldProblem {
  readonly code: string;
  readonly severity: "error" | "warning";
  /** The server's sentence; what the browser finds itself has none and is worded by its code. */
  readonly detail: string;
  readonly remedy: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly source: "client" | "server";
}
