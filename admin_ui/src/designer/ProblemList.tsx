import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { ProblemItem } from "../api/problem.ts";
import { Icon } from "../ui/Icon.tsx";
import { Empty } from "../ui/States.tsx";
import { documentAddress } from "./useDraft.ts";

interface ProblemListProps {
  problems: readonly ProblemItem[];
  /** The document that is open: its problems jump within it. */
  path?: string | undefined;
  onJump?: ((problem: ProblemItem) => void) | undefined;
}

function Where({ problem, path, onJump }: { problem: ProblemItem; path: string | undefined; onJump: ProblemListProps["onJump"] }) {
  const here = problem.file === path || !problem.file;
  const place = `${here ? "" : problem.file}${problem.pointer}` || "/";
  if (here && onJump !== undefined) {
    return (
      <button type="button" className="problem-place" onClick={() => onJump(problem)}>
        {place}
      </button>
    );
  }
  if (!problem.file) return <span className="problem-place">{place}</span>;
  return (
    <Link className="problem-place" to={documentAddress(problem.file, problem.pointer)}>
      {place}
    </Link>
  );
}

/** All problems at once: what is wrong, what to do, and the way there. */
export function ProblemList({ problems, path, onJump }: ProblemListProps) {
  const { t } = useTranslation("designer");
  if (problems.length === 0) return <Empty icon="check" title={t("problems.none")} />;
  return (
    <ul className="problem-list" aria-label={t("problems.title")}>
      {problems.map((problem) => (
        <li key={`${problem.file} ${problem.pointer} ${problem.code} ${problem.detail}`} className={`problem problem-${problem.severity}`} data-testid="problem">
          <Icon name={problem.severity === "error" ? "warning" : "info"} />
          <div className="fw-grow">
            <p>{problem.detail}</p>
            {problem.remedy !== "" && <p className="fw-muted fw-small">{problem.remedy}</p>}
            <Where problem={problem} path={path} onJump={onJump} />
          </div>
        </li>
      ))}
    </ul>
  );
}
