import { useTranslation } from "react-i18next";
import { ProblemError } from "../api/problem.ts";

export interface ProblemText {
  title: string;
  detail: string;
  requestId: string;
}

const KNOWN = new Set([0, 401, 403, 404, 409, 412, 413, 422, 428, 429, 500, 503]);

/** What a person reads about a failed request: the server's sentence where there is one, ours where there is none. */
export function useProblemText(): (error: unknown) => ProblemText {
  const { t } = useTranslation("ui");
  return (error) => {
    if (!(error instanceof ProblemError)) return { title: t("problem.500"), detail: "", requestId: "" };
    const ours = t(`problem.${KNOWN.has(error.status) ? error.status : 500}`);
    const first = error.problems.find((problem) => problem.detail !== "");
    const said = first === undefined ? error.detail : `${first.detail} ${first.remedy ?? ""}`.trim();
    const title = error.title !== "" && error.status !== 500 ? error.title : ours;
    return { title, detail: said === title ? "" : said, requestId: error.requestId };
  };
}

/** The same in one line, for toasts. */
export function useProblemLine(): (error: unknown) => string {
  const text = useProblemText();
  return (error) => {
    const { title, detail } = text(error);
    return detail === "" ? title : detail;
  };
}
