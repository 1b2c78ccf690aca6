import type { Content } from "./content.ts";
import type { Evaluator } from "./evaluator.ts";
import { RECORD, type Finding } from "./findings.ts";
import { outwards, tableOf } from "./paths.ts";
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
      const table = rule.each || tableOf(rule.target ?? "");
      const rows: readonly (string | null)[] = table === "" ? [null] : content.under(null, table);
      return rows.filter((row) => isBroken(rule, row, evaluator, recompute)).flatMap((row) => finding(rule, row, content, evaluator, recompute) ?? []);
    });
}

function isBroken(rule: RuleMeta, row: string | null, evaluator: Evaluator, recompute: Recompute): boolean {
  const scope = recompute.scope(row, true);
  try {
    return (!rule.when || evaluator.evaluate(rule.when, scope) === true) && evaluator.evaluate(rule.check, scope) === false;
  } catch {
    return false;
  }
}

function finding(rule: RuleMeta, row: string | null, content: Content, evaluator: Evaluator, recompute: Recompute): Finding | null {
  const detail = evaluator.fill(rule.message_text, recompute.scope(row, true));
  if (detail === null) {
    return null;
  }
  const problem = { code: "rule_violated", severity: rule.severity === "warn" ? "warning" : "error", detail, remedy: "", params: { rule: rule.name }, source: "client" } as const;
  return { path: targetOf(rule, row, content), problem };
}

/** The cell that shows the finding: in the row that was asked, or in the one around it that has the target. */
function targetOf(rule: RuleMeta, row: string | null, content: Content): string {
  if (!rule.target) {
    return row === null ? RECORD : content.home(row);
  }
  const tables = outwards(tableOf(rule.target));
  return content.cellOf(content.around(row, tables.at(-1) ?? ""), rule.target.split(".").at(-1) ?? "");
}
