import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { ActAnswer, MySeat, SeatVerb } from "../../api/approval.ts";
import { api, ProblemError } from "../../api/client.ts";
import { searchPeople } from "../../api/queries.ts";
import type { Option } from "../../api/types.ts";
import { Button } from "../../ui/Button.tsx";
import { Combobox } from "../../ui/Combobox.tsx";
import { Dialog } from "../../ui/Dialog.tsx";
import { Field } from "../../ui/Field.tsx";
import { useProblemLine } from "../../ui/problemText.ts";
import { Select } from "../../ui/Select.tsx";
import { TextArea, TextInput } from "../../ui/TextInput.tsx";
import { toast } from "../../ui/toasts.ts";

export interface SeatDockProps {
  readonly seat: MySeat;
  readonly title: string;
  /** Saves what was typed at this seat; false: something is wrong with it, do not act. */
  readonly before: () => Promise<boolean>;
  readonly onActed: (answer: ActAnswer) => void;
  /** Somebody acted first: what is shown is old. */
  readonly onStale: () => void;
}

const ICONS: Readonly<Record<SeatVerb, string>> = { agree: "check", reject: "close", return: "return", transfer: "transfer" };
const ORDER: readonly SeatVerb[] = ["transfer", "return", "reject", "agree"];

function isStale(error: unknown): boolean {
  return error instanceof ProblemError && [404, 409, 412].includes(error.status);
}

/** My decision, at the thumb: a comment and a verb. Agreeing takes one press, what sends something back asks for a reason. */
export function SeatDock({ seat, title, before, onActed, onStale }: SeatDockProps) {
  const { t } = useTranslation("record");
  const line = useProblemLine();
  const [comment, setComment] = useState("");
  const [busy, setBusy] = useState<SeatVerb | null>(null);
  const [asking, setAsking] = useState<Exclude<SeatVerb, "agree"> | null>(null);
  const said = comment.trim() === "" ? {} : { comment };
  const act = async (verb: SeatVerb, body: Readonly<Record<string, unknown>>) => {
    setBusy(verb);
    try {
      if (verb === "agree" && !(await before())) return;
      const answer = await api.post<ActAnswer>(`/tasks/${encodeURIComponent(seat.id)}/${verb}`, body, { version: seat.rev });
      setAsking(null);
      setComment("");
      toast.success(t(`acted.${verb}`, { title }));
      onActed(answer);
    } catch (error) {
      toast.error(line(error));
      if (isStale(error)) onStale();
    } finally {
      setBusy(null);
    }
  };
  return (
    <>
      <TextInput className="record-dock-comment" aria-label={t("comment")} placeholder={t("comment_hint")} value={comment} onChange={setComment} />
      {ORDER.filter((verb) => seat.actions.includes(verb)).map((verb) => (
        <Button
          key={verb}
          icon={ICONS[verb]}
          variant={verb === "agree" ? "primary" : verb === "reject" ? "danger" : "secondary"}
          busy={busy === verb}
          disabled={busy !== null}
          data-testid={`act-${verb}`}
          onClick={() => (verb === "agree" ? void act("agree", said) : setAsking(verb))}
        >
          {t(`verb.${verb}`)}
        </Button>
      ))}
      {asking !== null && (
        <ActDialog verb={asking} seat={seat} title={title} comment={comment} busy={busy !== null} onComment={setComment} onClose={() => setAsking(null)} onAct={(body) => void act(asking, body)} />
      )}
    </>
  );
}

interface ActDialogProps {
  readonly verb: Exclude<SeatVerb, "agree">;
  readonly seat: MySeat;
  readonly title: string;
  readonly comment: string;
  readonly busy: boolean;
  readonly onComment: (text: string) => void;
  readonly onClose: () => void;
  readonly onAct: (body: Readonly<Record<string, unknown>>) => void;
}

function ActDialog({ verb, seat, title, comment, busy, onComment, onClose, onAct }: ActDialogProps) {
  const { t } = useTranslation("record");
  const [target, setTarget] = useState(seat.return_targets.at(-1)?.node ?? "");
  const [person, setPerson] = useState<Option | null>(null);
  const [resume, setResume] = useState("redo_path");
  const body = { comment, ...(verb === "return" ? { targets: [target], resume } : {}), ...(verb === "transfer" ? { to: person?.id } : {}) };
  const ready = comment.trim() !== "" && (verb !== "return" || target !== "") && (verb !== "transfer" || person !== null);
  return (
    <Dialog
      title={t(`ask.${verb}`, { title })}
      size="s"
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>{t("back")}</Button>
          <Button variant={verb === "reject" ? "danger" : "primary"} busy={busy} disabled={!ready} onClick={() => onAct(body)}>
            {t(`verb.${verb}`)}
          </Button>
        </>
      }
    >
      <div className="fw-stack">
        <p>{t(`consequence.${verb}`)}</p>
        {verb === "return" && (
          <>
            <Field label={t("return_to")}>{(ids) => <Select {...ids} value={target} onChange={setTarget} options={seat.return_targets.map((one) => ({ value: one.node, label: one.title }))} />}</Field>
            <Field label={t("resume.label")}>
              {(ids) => <Select {...ids} value={resume} onChange={setResume} options={["redo_path", "back_to_me"].map((one) => ({ value: one, label: t(`resume.${one}`) }))} />}
            </Field>
          </>
        )}
        {verb === "transfer" && (
          <Field label={t("transfer_to")} required>
            {(ids) => <Combobox {...ids} value={person} onChange={setPerson} search={searchPeople} />}
          </Field>
        )}
        <Field label={t("comment")} required>
          {(ids) => <TextArea {...ids} value={comment} onChange={onComment} />}
        </Field>
      </div>
    </Dialog>
  );
}
