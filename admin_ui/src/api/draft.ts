/** Shapes of the designer: modules, the draft, the plan of a publish. */
import type { CardTreeSteps } from "./approval.ts";
import type { ProblemItem } from "./problem.ts";

export interface Change {
  kind: string;
  subject: string;
  pointer: string;
  before?: unknown;
  after?: unknown;
  sentence: string;
}

export interface DraftDocument {
  path: string;
  kind: string;
  name: string;
  title: string;
  changed: boolean;
}

export interface PlanStep {
  kind: string;
  sentence: string;
  table?: string | null;
  column?: string | null;
  rows?: number | null;
}

export interface Draft {
  publication: number;
  changed_documents: string[];
  changes: Change[];
  problems: ProblemItem[];
  documents: DraftDocument[];
  plan: { steps: PlanStep[]; problems: ProblemItem[] } | null;
}

export interface OneDocument {
  path: string;
  document: unknown;
  published: unknown;
}

export interface Publication {
  number: number;
  note: string;
  by: string | { id: string; name: string } | null;
  at: string;
  changes: number | Change[];
}

export interface ModuleFlow {
  key: string;
  title: string;
  path: string;
  tree: CardTreeSteps;
}

export interface ModuleBrief {
  name: string;
  title: string;
  version: string;
  entities: { key: string; title: string; kind: string; fields: number }[];
  flows: ModuleFlow[];
}

/** "day_sheets/entities/sheet.json" -> the page of the document. */
export function documentAddress(path: string, pointer = ""): string {
  const [module = ""] = path.split("/");
  const at = pointer === "" ? "" : `&at=${encodeURIComponent(pointer)}`;
  return `/designer/${module}/document?path=${encodeURIComponent(path)}${at}`;
}
