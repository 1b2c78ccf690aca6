import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../api/client.ts";
import { keys, searchPeople } from "../../api/queries.ts";
import type { Department, Option } from "../../api/types.ts";
import { Button } from "../../ui/Button.tsx";
import { Combobox } from "../../ui/Combobox.tsx";
import { Dialog } from "../../ui/Dialog.tsx";
import { Field } from "../../ui/Field.tsx";
import { Select } from "../../ui/Select.tsx";
import { Notice } from "../../ui/States.tsx";
import { TextInput } from "../../ui/TextInput.tsx";
import { usePersonOption } from "./usePersonOption.ts";
import { useSaving } from "./useSaving.ts";

interface DepartmentDialogProps {
  department: Department | null;
  departments: readonly Department[];
  onClose: () => void;
}

export function DepartmentDialog({ department, departments, onClose }: DepartmentDialogProps) {
  const { t } = useTranslation("people");
  const [code, setCode] = useState(department?.code ?? "");
  const [name, setName] = useState(department?.name ?? "");
  const [parent, setParent] = useState(department?.parent_id ?? "");
  const [picked, setPicked] = useState<Option | null | undefined>(undefined);
  const present = usePersonOption(department?.head_id ?? null);
  const head = picked === undefined ? present : picked;
  const { save, busy, failure } = useSaving(keys.departments, t("saved", { name }), onClose);
  const body = { code: code.trim(), name: name.trim(), parent_id: parent === "" ? null : parent, head_id: head?.id ?? null };
  const change = () => (department === null ? api.post("/departments", body) : api.patch(`/departments/${department.id}`, body, { version: department.version }));
  const parents = departments.filter((one) => one.id !== department?.id).map((one) => ({ value: one.id, label: one.name }));
  return (
    <Dialog
      title={department === null ? t("department.add") : department.name}
      size="s"
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>{t("keep")}</Button>
          <Button variant="primary" busy={busy} disabled={body.code === "" || body.name === ""} onClick={() => void save(change)}>
            {t("department.save")}
          </Button>
        </>
      }
    >
      <div className="fw-stack">
        {failure !== null && <Notice tone="red">{failure}</Notice>}
        <Field label={t("department.name")} required>
          {(ids) => <TextInput {...ids} value={name} onChange={setName} />}
        </Field>
        <Field label={t("department.code")} required>
          {(ids) => <TextInput {...ids} value={code} onChange={setCode} />}
        </Field>
        <Field label={t("department.parent")}>{(ids) => <Select {...ids} value={parent} onChange={setParent} placeholder={t("department.top")} options={parents} />}</Field>
        <Field label={t("department.head")}>{(ids) => <Combobox {...ids} value={head} onChange={setPicked} search={searchPeople} />}</Field>
      </div>
    </Dialog>
  );
}
