/** Shapes of an approval: the path as cards, seats, events, and the tasks of the inbox. */
import type { FieldAccess, Named, RecordData } from "./types.ts";

export type CardType = "start" | "approve" | "copy" | "branch" | "parallel" | "end";
export type CardState = "done" | "current" | "future" | "skipped" | "returned";

export interface CardPerson extends Named {
  status?: string | null;
  at?: string | null;
  comment?: string | null;
}

export interface CardBranch {
  name: string;
  title: string;
  taken?: boolean | null;
  /** The condition as written; in definitions only. */
  when?: string | null;
  default?: boolean | null;
  steps: CardStep[];
}

export interface CardStep {
  name: string;
  title: string;
  type: CardType;
  state?: CardState | null;
  people?: CardPerson[] | null;
  /** Who is asked, in a definition that has not run. */
  rules?: { kind: string; value: string | number | null }[] | null;
  mode?: string | { quorum: string } | null;
  branches?: CardBranch[] | null;
}

export type CardTreeSteps = CardStep[];
export type SeatVerb = "agree" | "reject" | "return" | "transfer";

export interface MySeat {
  id: string;
  rev: number;
  node_title: string;
  actions: SeatVerb[];
  return_targets: { node: string; title: string }[];
  fields: Record<string, FieldAccess>;
}

export interface ApprovalEvent {
  at: string;
  verb: string;
  verb_title: string;
  actor: Named | null;
  on_behalf_of?: Named | null;
  node_title?: string | null;
  comment?: string | null;
  payload?: unknown;
}

export interface Prediction {
  node: string;
  title: string;
  people: Named[];
  reason?: string | null;
}

export interface Approval {
  instance: { id: string; status: string; round: number; started_at: string; flow_title: string } | null;
  path: CardTreeSteps;
  seats: unknown[];
  events: ApprovalEvent[];
  my_seat: MySeat | null;
  prediction: Prediction[];
}

export type Box = "todo" | "done" | "started" | "copied";

export interface Task {
  seat_id: string;
  rev: number;
  entity: string;
  entity_title: string;
  record_id: string;
  record_label: string;
  summary: { name?: string; title: string; value: string | null; type?: string }[];
  node_title: string;
  flow_title: string;
  started_by: Named;
  started_at: string;
  arrived_at: string | null;
  status: string;
}

export interface TaskCounts {
  todo: number;
  copied_unread: number;
}

export interface ActAnswer {
  record: RecordData;
  status?: string;
  next_task: string | null;
}
