import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { api } from "../api/client.ts";
import { Button } from "../ui/Button.tsx";
import { Dialog } from "../ui/Dialog.tsx";
import { Field } from "../ui/Field.tsx";
import { useProblemLine } from "../ui/problemText.ts";
import { Select } from "../ui/Select.tsx";
import { Notice } from "../ui/States.tsx";
import { TextInput } from "../ui/TextInput.tsx";
import { documentAddress } from "./useDraft.ts";

const KINDS: Readonly<Record<string, string>> = {
  entities: "entity",
  forms: "form",
  views: "view",
  flows: "flow",
  measures: "measure",
  dashboards: "dashboard",
  scenarios: "scenario",
};

interface NewDocumentDialogProps {
  module: string;
  taken: readonly string[];
  onClose: () => void;
}

/** Begins a document with what every document has; the problems beside it then say what is missing. */
export function NewDocumentDialog({ module, taken, onClose }: NewDocumentDialogProps) {
  const { t } = useTranslation("designer");
  const navigate = useNavigate();
  const line = useProblemLine();
  const [folder, setFolder] = useState("entities");
  const [name, setName] = useState("");
  const [title, setTitle] = useState("");
  const [failure, setFailure] = useState<string | null>(null);
  const path = `${module}/${folder}/${name}.json`;
  const wellNamed = /^[a-z][a-z0-9_]{0,62}$/.test(name);
  const free = !taken.includes(path);
  const create = async () => {
    const document = { $schema: `https://formwork.dev/schemas/v1/${KINDS[folder] ?? folder}.schema.json`, name, title };
    try {
      await api.put(`/draft/documents/${path}`, { document });
      await navigate(documentAddress(path));
    } catch (error) {
      setFailure(line(error));
    }
  };
  const options = Object.keys(KINDS).map((kind) => ({ value: kind, label: t(`document_kind.${kind}`) }));
  return (
    <Dialog
      title={t("document.add")}
      size="s"
      onClose={onClose}
      footer={
        <Button variant="primary" disabled={!wellNamed || !free || title === ""} onClick={() => void create()}>
          {t("document.create")}
        </Button>
      }
    >
      <div className="fw-stack">
        {failure !== null && <Notice tone="red">{failure}</Notice>}
        <Field label={t("document.kind")}>{(ids) => <Select {...ids} value={folder} onChange={setFolder} options={options} />}</Field>
        <Field label={t("field.name")} required help={t("document.name_help")} error={free ? undefined : t("document.taken")}>
          {(ids) => <TextInput {...ids} value={name} onChange={setName} />}
        </Field>
        <Field label={t("field.title")} required>
          {(ids) => <TextInput {...ids} value={title} onChange={setTitle} />}
        </Field>
      </div>
    </Dialog>
  );
}
