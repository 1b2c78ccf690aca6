import { useQuery, type UseQueryResult } from "@tanstack/react-query";
import { api } from "../../api/client.ts";
import type { Share } from "./sharing.ts";

export interface RuleRole {
  readonly role: string;
  readonly role_title: string;
  readonly module: string;
  readonly module_title: string;
  readonly scope: string;
  /** `module/permissions.json#/grants/3` */
  readonly pointer: string;
}

export interface Rule extends RuleRole {
  readonly reaches: boolean;
  readonly decides: boolean;
  readonly access?: string;
  /** The shares that make this rule. */
  readonly shares: readonly Share[];
}

export interface ActionAnswer {
  readonly action: string;
  readonly allowed: boolean;
  readonly reason: string;
  readonly text: string;
  readonly access?: string;
  readonly rules: readonly Rule[];
  /** Grants that the person does not hold and that would allow it. */
  readonly needed: readonly RuleRole[];
}

export interface FieldAnswer {
  readonly path: string;
  readonly title: string;
  readonly access: string;
}

export interface Explanation {
  readonly person: { readonly id: string; readonly name: string; readonly is_admin: boolean };
  readonly roles: readonly { readonly role: string; readonly role_title: string }[];
  readonly actions: readonly ActionAnswer[];
  readonly fields?: readonly FieldAnswer[];
}

export interface Question {
  readonly entity: string;
  readonly record: string;
  /** Empty for oneself. */
  readonly person: string;
  readonly action: string;
  readonly field: string;
}

export function useExplanation(question: Question): UseQueryResult<Explanation> {
  return useQuery({ queryKey: ["explain", question], queryFn: () => api.get<Explanation>("/explain", { ...question }), placeholderData: (before) => before });
}
