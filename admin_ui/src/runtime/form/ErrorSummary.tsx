import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { RECORD } from "../../core/form/findings.ts";
import { placeOf } from "../../core/form/paths.ts";
import type { FormStore } from "../../core/form/store.ts";
import { useFindings, useForm } from "./FormContext.ts";
import { useProblemWords } from "./problemWords.ts";

const SHOWN = 8;

/** What the path of a finding is called: "明细 第 3 行 · 工日". */
export function usePathTitle(store: FormStore): (path: string) => string {
  const { t } = useTranslation("form");
  return (path) => {
    const inRows = (inner: string, said: string): string => {
      const { table, row } = placeOf(inner);
      if (table === null || row === null) return said;
      const title = store.field(table)?.title ?? table;
      return inRows(table, t("row_path", { table: title, row: store.rows(table).indexOf(row) + 1, field: said }));
    };
    return inRows(path, store.field(path)?.title ?? path);
  };
}

/** All that is wrong in one place after a refused save; each line puts the focus where it belongs. */
export function ErrorSummary({ attempt }: { attempt: number }) {
  const { t } = useTranslation("form");
  const { store, revealer } = useForm();
  const findings = useFindings(store);
  const words = useProblemWords(true);
  const title = usePathTitle(store);
  const errors = findings.filter(({ problem }) => problem.severity === "error");
  const warnings = findings.filter(({ path, problem }) => problem.severity === "warning" && path === RECORD);
  const first = errors.find(({ path }) => path !== RECORD)?.path;
  const box = useRef<HTMLDivElement>(null);
  const told = useRef(0);
  useEffect(() => {
    if (attempt === told.current || errors.length === 0) return;
    told.current = attempt;
    // Moving the focus draws again; that must not happen in the middle of a draw.
    requestAnimationFrame(() => {
      if (first === undefined) box.current?.focus();
      else revealer.reveal(first);
    });
  }, [attempt, errors.length, first, revealer]);
  if (attempt === 0 || errors.length + warnings.length === 0) return null;
  return (
    <div ref={box} tabIndex={-1} role="alert" className={`form-summary fw-tone-${errors.length > 0 ? "red" : "amber"}`} data-testid="error-summary">
      <strong>{errors.length > 0 ? t("summary", { count: errors.length }) : t("summary_warnings", { count: warnings.length })}</strong>
      <ul>
        {[...errors, ...warnings].slice(0, SHOWN).map(({ path, problem }) => (
          <li key={`${path} ${problem.code} ${problem.detail}`}>
            {path === RECORD ? (
              words(problem)
            ) : (
              <button type="button" className="form-link" onClick={() => revealer.reveal(path)}>
                {title(path)}：{words(problem)}
              </button>
            )}
          </li>
        ))}
      </ul>
      {errors.length > SHOWN && <p>{t("summary_more", { count: errors.length - SHOWN })}</p>}
    </div>
  );
}
