import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { ProblemItem } from "../../api/problem.ts";
import { Tag } from "../../ui/Tag.tsx";

const ORDER = ["created", "updated", "deleted", "submitted", "unchanged", "refused"] as const;
const TONES: Readonly<Record<string, "green" | "red" | "grey">> = { refused: "red", unchanged: "grey" };

/** How many rows came, or would come, to which end. */
export function Counts({ counts, would }: { counts: Readonly<Record<string, number>>; would?: boolean }) {
  const { t } = useTranslation("bulk");
  return (
    <p className="fw-row fw-row-wrap">
      {ORDER.filter((name) => counts[name]).map((name) => (
        <Tag key={name} tone={TONES[name] ?? "green"}>
          {t(`${would ? "would" : "did"}.${name}`, { count: counts[name] ?? 0 })}
        </Tag>
      ))}
      {Object.keys(counts).length === 0 && <span className="fw-muted">{t("none")}</span>}
    </p>
  );
}

export interface RefusedRow {
  readonly id: string;
  readonly number: number;
  readonly problems: readonly ProblemItem[];
}

const SHOWN = 50;

/** The rows that were not done, each with why and what to do. */
export function Refused({ entity, rows, names }: { entity: string; rows: readonly RefusedRow[]; names: ReadonlyMap<string, string> }) {
  const { t } = useTranslation("bulk");
  if (rows.length === 0) return null;
  return (
    <ul className="bulk-refused" aria-label={t("refused")}>
      {rows.slice(0, SHOWN).map((row) => (
        <li key={row.number}>
          {row.id === "" ? t("row", { number: row.number + 1 }) : <Link to={`/r/${entity}/${row.id}`}>{names.get(row.id) ?? t("row", { number: row.number + 1 })}</Link>}{" "}
          {row.problems.map((problem) => `${problem.detail} ${problem.remedy}`).join(" ")}
        </li>
      ))}
      {rows.length > SHOWN && <li className="fw-muted">{t("and_more", { count: rows.length - SHOWN })}</li>}
    </ul>
  );
}
