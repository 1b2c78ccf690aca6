/** The shapes of the HTTP contract that the whole UI reads; entity metadata is in `meta.ts`, approvals in `approval.ts`. */

export interface Named {
  id: string;
  name: string;
}

export interface Person extends Named {
  login: string;
  language?: string;
  is_admin: boolean;
  department: Named | null;
  roles: string[];
}

export interface Session {
  person: Person;
  company?: { name: string };
  publication: number;
}

export interface MenuItem {
  kind: "view" | "dashboard" | "page";
  target: string;
  title: string;
  entity?: string;
  entity_title?: string;
}

export interface MenuModule {
  name: string;
  title: string;
  icon: string | null;
  items: MenuItem[];
}

export interface Menu {
  modules: MenuModule[];
}

export interface FileValue {
  id: string;
  name: string;
  size: number;
  media_type: string;
}

export interface Row {
  id?: string;
  [field: string]: FieldValue;
}

/** Numbers with fractions are strings; an absent value is null. */
export type FieldValue = string | number | boolean | null | undefined | string[] | FileValue[] | Row[];
export type Values = Record<string, FieldValue>;
export type Labels = Record<string, string | Record<string, string>>;
export type FieldAccess = "read" | "hidden" | "write" | "required";

export interface RecordData {
  id: string;
  version: number;
  status?: string | null;
  values: Values;
  labels: Labels;
  created_at?: string;
  created_by?: string;
  updated_at?: string;
  updated_by?: string;
  owner?: string;
  submitted_at?: string | null;
  effective_at?: string | null;
  actions?: string[];
  field_access?: Record<string, FieldAccess>;
}

export interface RecordPage {
  items: RecordData[];
  next_cursor: string | null;
  has_more: boolean;
}

export interface Totals {
  count?: number | null;
  totals: Record<string, string | null>;
}

export interface Option {
  id: string;
  label: string;
  hint?: string | null;
}

export interface Items<T> {
  items: T[];
}

export interface Page<T> extends Items<T> {
  next_cursor?: string | null;
}

export interface PersonBrief extends Named {
  login: string;
  department?: Named | string | null;
}

export interface Account {
  id: string;
  login: string;
  name: string;
  department_id: string | null;
  roles: string[];
  is_admin: boolean;
  active: boolean;
  language: string;
  superior_id: string | null;
  version?: number;
}

export interface Department {
  id: string;
  code: string;
  name: string;
  parent_id: string | null;
  head_id: string | null;
  version?: number;
}

export interface Role {
  key: string;
  title: string;
  module: string;
}
