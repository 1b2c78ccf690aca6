import { useTranslation } from "react-i18next";

const STEPS = ["file", "columns", "check", "result"] as const;
export type StepName = (typeof STEPS)[number];

/** Where one is on the way. */
export function Steps({ now }: { now: StepName }) {
  const { t } = useTranslation("import");
  const at = STEPS.indexOf(now);
  return (
    <ol className="import-steps" aria-label={t("steps")}>
      {STEPS.map((step, number) => (
        <li key={step} aria-current={step === now ? "step" : undefined} className={number < at ? "import-step-done" : undefined}>
          <span className="import-step-number">{number + 1}</span>
          {t(`step.${step}`)}
        </li>
      ))}
    </ol>
  );
}
