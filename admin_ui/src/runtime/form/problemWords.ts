import { useTranslation } from "react-i18next";
import type { FieldProblem } from "../../core/form/types.ts";

/** The sentence of a finding: the server's own (with its remedy, where there is room), or ours by its code. */
export function useProblemWords(brief = false): (problem: FieldProblem) => string {
  const { t } = useTranslation("form");
  return (problem) => {
    if (problem.detail !== "") return brief || problem.remedy === "" ? problem.detail : `${problem.detail} ${problem.remedy}`;
    return t(`problems.${problem.code}`, { ...problem.params, defaultValue: problem.code });
  };
}
