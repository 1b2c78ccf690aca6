import type { Content } from "./content.ts";
import type { Evaluator } from "./evaluator.ts";
import { RECORD, type Finding } from "./findings.ts";
import { cellPath } from "./paths.ts";
import type { Recompute } from "./recompute.ts";
import type { RuleMeta } from "./types.ts";

/**
 * Rules that the browser can judge and that do not hold. Only a plain FALSE counts here: what is blank, pending or an
 * error, and whatever needs a measure or a message that only the server can word, is judged by the server, which is asked
 * in any case.
 */
export function brokenRules(rules: readonly RuleMeta[], moment: string, content: Content, evaluator: Evaluator, recompute: Recompute): Finding[] {
  return rules
    .filter((rule) => rule.on.includes(moment) && !evaluator.remote(rule.check) && !(rule.when && evaluator.remote(rule.when)))
    .flatMap((rule) => {
      const [head, column] = (rule.target ?? "").split(".");
      const table = rule.each || (column === undefined ? null : (head ?? null));
      const rows: readonly (string | null)[] = table === null ? [null] : content.rows(table);
      return rows.filter((row) => isBroken(rule, table, row, evaluator, recompute)).flatMap((row) => finding(rule, table, row, evaluator, recompute) ?? []);
    });
}

function isBroken(rule: RuleMeta, table: string | null, row: string | null, evaluator: Evaluator, recompute: Recompute): boolean {
  const scope = recompute.scope(table, row, table);
  try {
    return (!rule.when || evaluator.evaluate(rule.when, scope) === true) && evaluator.evaluate(rule.check, scope) === false;
  } catch {
    return false;
  }
}

function finding(rule: RuleMeta, table: string | null, row: string | null, evaluator: Evaluator, recompute: Recompute): Finding | null {
  const [head = "", column] = (rule.target ?? "").split(".");
  const detail = evaluator.fill(rule.message_text, recompute.scope(table, row, table));
  if (detail === null) {
    return null;
  }
  return {
    path: head === "" ? RECORD : column === undefined ? head : cellPath(table, row, column),
    problem: {
      code: "rule_violated",
      severity: rule.severity === "warn" ? "warning" : "error",
      detail,
      remedy: "",
      params: { rule: rule.name },
      source: "client",
    },
  };
}
