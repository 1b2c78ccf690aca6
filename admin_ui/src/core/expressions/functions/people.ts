/** Who acts, who started, which roles, and who stands above. */

import { ExpressionError } from "../errors.ts";
import { clean, identity, isRow, type Value } from "../values.ts";
import type { Run } from "./run.ts";

function follow(name: string): Run {
  return ([user], env) => {
    if (isRow(user) && Object.hasOwn(user, name)) return clean(user[name], "text");
    return clean(env.fetch("system.user", idOf(user), name), "text");
  };
}

function idOf(user: Value | undefined): string {
  const id = identity(user ?? null);
  if (typeof id !== "string") throw new ExpressionError("wrong_value", { value: String(id) });
  return id;
}

export const PEOPLE: Readonly<Record<string, Run>> = {
  ME: (_, env) => env.me,
  INITIATOR: (_, env) => env.initiator,
  HASROLE: ([role], env) => typeof role === "string" && env.roles.has(role),
  ISME: ([user], env) => idOf(user) === identity(env.me),
  DEPARTMENTOF: follow("department"),
  SUPERIOROF: follow("superior"),
};
