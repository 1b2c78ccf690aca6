import { useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { keys } from "../api/queries.ts";
import { sendFile } from "../api/upload.ts";
import { Button } from "../ui/Button.tsx";
import { Dialog } from "../ui/Dialog.tsx";
import { Field } from "../ui/Field.tsx";
import { useProblemLine } from "../ui/problemText.ts";
import { Notice } from "../ui/States.tsx";
import { Table, type TableColumn } from "../ui/Table.tsx";
import { Tag } from "../ui/Tag.tsx";
import { TextInput } from "../ui/TextInput.tsx";
import { documentAddress } from "./useDraft.ts";

interface ColumnGuess {
  column: number;
  title: string;
  name: string;
  type: string;
  required: boolean;
  unique: boolean;
}

interface Proposal {
  name: string;
  entity: string;
  documents: Record<string, unknown>;
  columns: ColumnGuess[];
  problems: { detail: string }[];
}

/** A file shows what the entity could be; kept, it stands in the draft with its form and table. */
export function EntityFromFileDialog({ module, onClose }: { module: string; onClose: () => void }) {
  const { t } = useTranslation("designer");
  const client = useQueryClient();
  const navigate = useNavigate();
  const line = useProblemLine();
  const input = useRef<HTMLInputElement>(null);
  const [file, setFile] = useState<File | null>(null);
  const [name, setName] = useState("");
  const [title, setTitle] = useState("");
  const [found, setFound] = useState<Proposal | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const ask = async (chosen: File, keep: boolean) => {
    setBusy(true);
    try {
      const proposal = await sendFile<Proposal>("/imports/entities", chosen, { fields: { module, name, title, keep: String(keep) } });
      setFailure(null);
      setFound(proposal);
      if (name === "") setName(proposal.name);
      if (keep) {
        await client.invalidateQueries({ queryKey: keys.draft });
        await navigate(documentAddress(`${module}/entities/${proposal.name}.json`));
      }
    } catch (error) {
      setFailure(line(error));
    } finally {
      setBusy(false);
    }
  };
  const choose = (chosen: File | undefined) => {
    if (chosen === undefined) return;
    setFile(chosen);
    void ask(chosen, false);
  };
  const columns: TableColumn<ColumnGuess>[] = [
    { key: "title", title: t("field.title"), render: (one) => one.title },
    { key: "name", title: t("field.name"), render: (one) => <code>{one.name}</code> },
    { key: "type", title: t("from_file.type"), render: (one) => <code>{one.type}</code> },
    {
      key: "marks",
      title: "",
      render: (one) => (
        <>
          {one.required && <Tag tone="blue">{t("field.required")}</Tag>} {one.unique && <Tag tone="green">{t("from_file.unique")}</Tag>}
        </>
      ),
    },
  ];
  return (
    <Dialog
      title={t("from_file.title")}
      size="l"
      onClose={onClose}
      data-testid="from-file-dialog"
      footer={
        <>
          <Button busy={busy && found === null} onClick={() => input.current?.click()}>
            {t(file === null ? "from_file.choose" : "from_file.other")}
          </Button>
          <Button variant="primary" busy={busy} disabled={found === null || file === null} onClick={() => file !== null && void ask(file, true)}>
            {t("from_file.keep")}
          </Button>
        </>
      }
    >
      <div className="fw-stack">
        {failure !== null && <Notice tone="red">{failure}</Notice>}
        <p className="fw-muted">{t("from_file.what")}</p>
        <input ref={input} type="file" className="fw-hidden" aria-hidden="true" tabIndex={-1} accept=".xlsx,.csv" onChange={(event) => choose(event.target.files?.[0])} data-testid="from-file" />
        {found !== null && (
          <>
            <div className="fw-row fw-row-wrap">
              <Field label={t("field.name")} help={t("document.name_help")}>
                {(ids) => <TextInput {...ids} value={name} onChange={setName} />}
              </Field>
              <Field label={t("field.title")} help={t("from_file.title_help")}>
                {(ids) => <TextInput {...ids} value={title} onChange={setTitle} />}
              </Field>
            </div>
            {found.problems.map((one) => (
              <Notice key={one.detail} tone="amber">
                {one.detail}
              </Notice>
            ))}
            <Table label={t("from_file.title")} columns={columns} rows={found.columns} rowKey={(one) => one.name} />
            <p className="fw-muted">{t("from_file.then")}</p>
          </>
        )}
      </div>
    </Dialog>
  );
}
