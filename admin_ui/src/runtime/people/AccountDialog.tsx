import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../api/client.ts";
import type { Account, Department, Role } from "../../api/types.ts";
import { Button } from "../../ui/Button.tsx";
import { Checkbox } from "../../ui/Checkbox.tsx";
import { Dialog } from "../../ui/Dialog.tsx";
import { Field } from "../../ui/Field.tsx";
import { Select } from "../../ui/Select.tsx";
import { Notice } from "../../ui/States.tsx";
import { TextInput } from "../../ui/TextInput.tsx";
import { useSaving } from "./useSaving.ts";

interface AccountDialogProps {
  account: Account | null;
  roles: readonly Role[];
  departments: readonly Department[];
  accounts: readonly Account[];
  onClose: () => void;
}

type Draft = Omit<Account, "id" | "version">;

const FIRST: Draft = { login: "", name: "", department_id: null, roles: [], is_admin: false, active: true, language: "zh-CN", superior_id: null };
const LANGUAGES = [
  { value: "zh-CN", label: "简体中文" },
  { value: "en", label: "English" },
];

function draftOf(account: Account): Draft {
  const { id: _id, version: _version, ...draft } = account;
  return { ...FIRST, ...draft };
}

/** Log-in, name, department, superior, roles; a password only when it is to be set. */
export function AccountDialog({ account, roles, departments, accounts, onClose }: AccountDialogProps) {
  const { t } = useTranslation("people");
  const [draft, setDraft] = useState<Draft>(() => (account === null ? FIRST : draftOf(account)));
  const [password, setPassword] = useState("");
  const put = (change: Partial<Draft>) => setDraft({ ...draft, ...change });
  const { save, busy, failure } = useSaving(["accounts"], t("saved", { name: draft.name }), onClose);
  const { login, name, department_id, is_admin, active, language, superior_id } = draft;
  const body = { login: login.trim(), name: name.trim(), department_id, roles: draft.roles, is_admin, active, language, superior_id, ...(password === "" ? {} : { password }) };
  const change = () => (account === null ? api.post("/accounts", body) : api.patch(`/accounts/${account.id}`, body, { version: account.version }));
  const ready = body.login !== "" && body.name !== "" && (account !== null || password !== "");
  return (
    <Dialog
      title={account === null ? t("account.add") : account.name}
      onClose={onClose}
      data-testid="account-dialog"
      footer={
        <>
          <Button onClick={onClose}>{t("keep")}</Button>
          <Button variant="primary" busy={busy} disabled={!ready} onClick={() => void save(change)}>
            {t("account.save")}
          </Button>
        </>
      }
    >
      {/* A form of its own, so that the browser offers a password for this account and keeps it. */}
      <form
        className="fw-stack"
        onSubmit={(event) => {
          event.preventDefault();
          if (ready) void save(change);
        }}
      >
        {failure !== null && <Notice tone="red">{failure}</Notice>}
        <div className="people-pairs">
          <Field label={t("account.name")} required>
            {(ids) => <TextInput {...ids} value={name} onChange={(text) => put({ name: text })} />}
          </Field>
          <Field label={t("account.login")} required>
            {(ids) => <TextInput {...ids} value={login} onChange={(text) => put({ login: text })} />}
          </Field>
          <Field label={t("account.password")} required={account === null} help={account === null ? undefined : t("account.password_help")}>
            {(ids) => <TextInput {...ids} type="password" autoComplete="new-password" value={password} onChange={setPassword} />}
          </Field>
          <Field label={t("account.language")}>{(ids) => <Select {...ids} value={language} onChange={(value) => put({ language: value })} options={LANGUAGES} />}</Field>
          <Field label={t("account.department")}>
            {(ids) => <Select {...ids} value={department_id ?? ""} placeholder={t("none")} onChange={(value) => put({ department_id: value || null })} options={departments.map((one) => ({ value: one.id, label: one.name }))} />}
          </Field>
          <Field label={t("account.superior")}>
            {(ids) => (
              <Select {...ids} value={superior_id ?? ""} placeholder={t("none")} onChange={(value) => put({ superior_id: value || null })} options={accounts.filter((one) => one.id !== account?.id).map((one) => ({ value: one.id, label: one.name }))} />
            )}
          </Field>
        </div>
        <Roles roles={roles} chosen={draft.roles} onChange={(chosen) => put({ roles: chosen })} />
        <div className="fw-row fw-row-wrap">
          <Checkbox label={t("account.admin")} checked={is_admin} onChange={(on) => put({ is_admin: on })} />
          <Checkbox label={t("account.may_sign_in")} checked={active} onChange={(on) => put({ active: on })} />
        </div>
      </form>
    </Dialog>
  );
}

function Roles({ roles, chosen, onChange }: { roles: readonly Role[]; chosen: readonly string[]; onChange: (roles: string[]) => void }) {
  const { t } = useTranslation("people");
  return (
    <fieldset className="people-roles">
      <legend className="fw-field-label">{t("account.roles")}</legend>
      {roles.map((role) => (
        <Checkbox key={role.key} label={role.title} checked={chosen.includes(role.key)} onChange={(on) => onChange(on ? [...chosen, role.key] : chosen.filter((key) => key !== role.key))} />
      ))}
    </fieldset>
  );
}
