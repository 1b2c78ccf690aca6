import { useEffect, useId, useRef, useState, type KeyboardEvent } from "react";
import { useTranslation } from "react-i18next";
import type { FileValue } from "../../core/form/types.ts";
import { Button } from "../../ui/Button.tsx";
import { ComboboxList } from "../../ui/ComboboxList.tsx";
import { useProblemLine } from "../../ui/problemText.ts";
import { Notice } from "../../ui/States.tsx";
import { TextArea } from "../../ui/TextInput.tsx";
import { useAnchor } from "../../ui/useAnchor.ts";
import { Files } from "../form/controls/AttachmentControl.tsx";
import type { ControlProps } from "../form/controls/control.ts";
import { filesOf } from "../form/controls/files.ts";
import { useUploads } from "../form/controls/useUploads.ts";
import type { Saying } from "./data.ts";
import { useMentions } from "./useMentions.ts";
import { sent, type Mentioned } from "./words.ts";

/** What is being written: as it is typed, with the people who were picked. */
export interface Draft {
  readonly text: string;
  readonly people: readonly Mentioned[];
  readonly files: readonly FileValue[];
}

export const NOTHING: Draft = { text: "", people: [], files: [] };

const MOST_FILES = 10;

export interface ComposerProps {
  readonly entity: string;
  readonly id: string;
  readonly label: string;
  /** The verb on the button. */
  readonly action: string;
  readonly first?: Draft | undefined;
  /** One has just asked to write here. */
  readonly focused?: boolean | undefined;
  /** Rejects when it was refused: what was written stands here again then. */
  readonly onSend: (saying: Saying, draft: Draft) => Promise<unknown>;
  readonly onCancel?: (() => void) | undefined;
}

/** Where a comment is written: people behind an @, files, Ctrl+Enter sends. */
export function Composer({ entity, id, label, action, first = NOTHING, focused, onSend, onCancel }: ComposerProps) {
  const { t } = useTranslation("talk");
  const line = useProblemLine();
  const [draft, setDraft] = useState<Draft>(first);
  const [failure, setFailure] = useState<string | null>(null);
  const area = useRef<HTMLTextAreaElement>(null);
  const floating = useRef<HTMLDivElement>(null);
  const [list, field] = [useId(), useId()];
  useEffect(() => {
    if (focused) area.current?.focus();
  }, [focused]);
  const write = (text: string) => setDraft((was) => ({ ...was, text }));
  const mentions = useMentions({ entity, id, area, text: draft.text, onText: write, onPicked: (person) => setDraft((was) => ({ ...was, people: [...was.people.filter((one) => one.id !== person.id), person] })) });
  useAnchor(mentions.open, area, floating);
  const control: ControlProps = {
    meta: { name: "files", title: t("files"), type: "attachment", control: "attachment", max_count: MOST_FILES },
    value: draft.files.map((one) => ({ ...one })),
    label: null,
    ids: { id: `${field}-files`, "aria-label": label },
    inCell: false,
    onChange: (value) => setDraft((was) => ({ ...was, files: filesOf(value) })),
    onBlur: () => undefined,
    asker: "",
    record: () => ({}),
  };
  const uploads = useUploads(control);
  const ready = (draft.text.trim() !== "" || draft.files.length > 0) && uploads.uploads.every((one) => one.failed !== null);
  const send = async () => {
    if (!ready) return;
    const written = draft;
    setDraft(NOTHING);
    setFailure(null);
    try {
      await onSend({ text: sent(written.text, written.people).trim(), files: written.files.map((one) => one.id) }, written);
    } catch (error) {
      // What was typed meanwhile stays as well.
      setDraft((now) => ({ text: [written.text, now.text].filter(Boolean).join("\n"), people: [...written.people, ...now.people], files: [...written.files, ...now.files] }));
      setFailure(line(error));
    }
  };
  const press = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (mentions.press(event)) return;
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      void send();
    } else if (event.key === "Escape" && onCancel) {
      event.stopPropagation();
      onCancel();
    }
  };
  return (
    <form
      className="talk-composer"
      aria-label={label}
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      {failure !== null && <Notice tone="red">{failure}</Notice>}
      {mentions.closed !== null && <Notice tone="amber">{t("share_first", { name: mentions.closed.name })}</Notice>}
      <TextArea
        ref={area}
        aria-label={label}
        placeholder={t("placeholder")}
        aria-autocomplete="list"
        aria-controls={mentions.open ? list : undefined}
        aria-activedescendant={mentions.open && mentions.options[mentions.at] !== undefined ? `${list}-${mentions.at}` : undefined}
        maxLength={5000}
        value={draft.text}
        onChange={(text) => {
          write(text);
          mentions.look();
        }}
        onSelect={mentions.look}
        onBlur={mentions.close}
        onKeyDown={press}
      />
      {mentions.open && <ComboboxList ref={floating} id={list} options={mentions.options} state={mentions.state} at={mentions.at} chosen={undefined} onChoose={mentions.choose} />}
      <div className="talk-composer-foot">
        <Files {...control} uploads={uploads} />
        <span className="fw-muted fw-small talk-hint">{t("hint")}</span>
        {onCancel && <Button onClick={onCancel}>{t("cancel")}</Button>}
        <Button type="submit" icon="send" variant={onCancel ? "secondary" : "primary"} disabled={!ready}>
          {action}
        </Button>
      </div>
    </form>
  );
}
