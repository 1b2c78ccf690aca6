import type { TFunction } from "i18next";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { CardBranch, CardStep, CardTreeSteps } from "../../api/approval.ts";
import { Icon } from "../Icon.tsx";
import { Moment } from "../Moment.tsx";
import { Tag } from "../Tag.tsx";
import "./card-tree.css";

export interface CardTreeProps {
  steps: CardTreeSteps;
  /** Makes cards pressable (a drawer with details). */
  onStep?: ((step: CardStep) => void) | undefined;
  label?: string | undefined;
}

const ICONS: Readonly<Record<CardStep["type"], string>> = {
  start: "send",
  approve: "person",
  copy: "copy",
  branch: "tree",
  parallel: "columns",
  end: "check",
};

const TONES: Readonly<Record<string, string>> = { done: "green", current: "blue", returned: "amber", future: "grey", skipped: "grey" };

/** A route as a vertical tree of cards: where it has been, where it is, where it will go. */
export function CardTree({ steps, onStep, label }: CardTreeProps) {
  const { t } = useTranslation("ui");
  return (
    <div className="fw-cards-box">
      <Steps steps={steps} onStep={onStep} label={label ?? t("cards.path")} />
    </div>
  );
}

function Steps({ steps, onStep, label }: CardTreeProps) {
  return (
    <ol className="fw-cards" aria-label={label}>
      {steps.map((step) => (
        <li key={step.name} className={`fw-cards-step fw-cards-${step.state ?? "plain"}`} aria-current={step.state === "current" ? "step" : undefined}>
          <Card step={step} onStep={onStep} />
          {step.branches && step.branches.length > 0 && <Branches branches={step.branches} onStep={onStep} />}
        </li>
      ))}
    </ol>
  );
}

function Branches({ branches, onStep }: { branches: CardBranch[]; onStep: CardTreeProps["onStep"] }) {
  const { t } = useTranslation("ui");
  return (
    <ul className="fw-cards-branches">
      {branches.map((branch) => (
        <li key={branch.name} className={branch.taken === false ? "fw-cards-branch fw-cards-untaken" : "fw-cards-branch"}>
          <div className="fw-cards-branch-title">
            {branch.title || branch.name}
            {branch.taken === true && <Tag tone="green">{t("cards.taken")}</Tag>}
            {branch.default === true && <Tag>{t("cards.default")}</Tag>}
          </div>
          {branch.when && <code className="fw-cards-when">{branch.when}</code>}
          <Steps steps={branch.steps} onStep={onStep} label={branch.title || branch.name} />
        </li>
      ))}
    </ul>
  );
}

function Card({ step, onStep }: { step: CardStep; onStep: CardTreeProps["onStep"] }) {
  const { t } = useTranslation("ui");
  const inside = (
    <>
      <span className="fw-cards-icon">
        <Icon name={ICONS[step.type] ?? "box"} size={16} />
      </span>
      <span className="fw-grow">
        <span className="fw-cards-title">
          {step.title || t(`cards.type.${step.type}`)}
          {step.state && step.state !== "future" && <Tag tone={TONES[step.state]}>{t(`cards.state.${step.state}`)}</Tag>}
        </span>
        <Asked step={step} />
        {step.people?.map((person) => (
          <span key={`${person.id} ${person.status ?? ""} ${person.at ?? ""}`} className="fw-cards-person">
            <span>{person.name}</span>
            {person.status && <span className="fw-muted">{t(`cards.person.${person.status}`, { defaultValue: person.status })}</span>}
            <span className="fw-muted">
              <Moment value={person.at} />
            </span>
            {person.comment && <q className="fw-cards-comment">{person.comment}</q>}
          </span>
        ))}
      </span>
    </>
  );
  return <Shell onPress={onStep && (() => onStep(step))}>{inside}</Shell>;
}

function modeText(t: TFunction<"ui">, mode: CardStep["mode"]): string {
  if (mode === null || mode === undefined) return "";
  return typeof mode === "string" ? t(`cards.mode.${mode}`) : t("cards.mode.quorum", { value: mode.quorum });
}

/** Who is asked, in words; only a definition has it. */
function Asked({ step }: { step: CardStep }) {
  const { t } = useTranslation("ui");
  const rules = step.rules ?? [];
  if (rules.length === 0) return null;
  const who = rules.map(({ kind, value }) => {
    const shown = kind === "department_head" ? (/\d+/.exec(String(value))?.[0] ?? "1") : (value ?? "");
    return t(`cards.rule.${kind}`, { value: shown, defaultValue: `${kind} ${shown}` });
  });
  const mode = modeText(t, step.mode);
  return (
    <span className="fw-cards-note">
      {who.join("、")}
      {mode !== "" && ` · ${mode}`}
    </span>
  );
}

function Shell({ onPress, children }: { onPress: (() => void) | undefined; children: ReactNode }) {
  if (onPress === undefined) return <div className="fw-cards-card">{children}</div>;
  return (
    <button type="button" className="fw-cards-card" onClick={onPress}>
      {children}
    </button>
  );
}
