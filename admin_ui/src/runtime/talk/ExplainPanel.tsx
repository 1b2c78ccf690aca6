import { useState } from "react";
import { useTranslation } from "react-i18next";
import { searchPeople, useSession } from "../../api/queries.ts";
import type { Option } from "../../api/types.ts";
import type { EntityMeta, FieldMeta } from "../../core/form/types.ts";
import { Combobox } from "../../ui/Combobox.tsx";
import { Drawer } from "../../ui/Dialog.tsx";
import { Field } from "../../ui/Field.tsx";
import { Select } from "../../ui/Select.tsx";
import { ErrorState, Skeleton } from "../../ui/States.tsx";
import { Tag } from "../../ui/Tag.tsx";
import { useExplanation, type Explanation } from "./explaining.ts";
import { Reasons } from "./Reasons.tsx";
import "./talk.css";

const ON_NO_RECORD = new Set(["create", "import"]);

export interface ExplainPanelProps {
  readonly meta: EntityMeta;
  readonly id: string;
  readonly title: string;
  readonly onClose: () => void;
}

/** What may be asked about every record; of some entities the answer knows more. */
const ACTIONS = ["read", "update", "delete", "submit", "withdraw", "void", "export", "comment", "share"];

/** Why somebody can, or cannot: oneself, or for administrators anybody. */
export function ExplainPanel({ meta, id, title, onClose }: ExplainPanelProps) {
  const { t } = useTranslation("talk");
  const admin = useSession().data?.person.is_admin === true;
  const [person, setPerson] = useState<Option | null>(null);
  const [action, setAction] = useState("");
  const [field, setField] = useState("");
  const answer = useExplanation({ entity: meta.key, record: id, person: person?.id ?? "", action: "", field });
  const verbs = [...new Set([...ACTIONS, ...(answer.data?.actions.map((one) => one.action) ?? [])])].filter((one) => !ON_NO_RECORD.has(one));
  return (
    <Drawer title={t("why.title", { title })} onClose={onClose} data-testid="explain-panel">
      <div className="talk">
        {admin && (
          <Field label={t("why.person")} help={t("why.person_help")}>
            {(ids) => <Combobox {...ids} value={person} onChange={setPerson} search={searchPeople} />}
          </Field>
        )}
        <div className="talk-question">
          <Field label={t("why.action")}>
            {(ids) => <Select {...ids} value={action} onChange={setAction} placeholder={t("why.every_action")} options={verbs.map((one) => ({ value: one, label: t(`why.verb.${one}`) }))} />}
          </Field>
          <Field label={t("why.field")}>
            {(ids) => <Select {...ids} value={field} onChange={setField} placeholder={t("why.no_field")} options={fieldsOf(meta.fields)} />}
          </Field>
        </div>
        {answer.isError && <ErrorState error={answer.error} onRetry={() => void answer.refetch()} />}
        {answer.isPending && <Skeleton lines={5} />}
        {answer.data && <Answer told={answer.data} verbs={action === "" ? verbs : [action]} admin={admin} asksField={field !== ""} />}
      </div>
    </Drawer>
  );
}

function Answer({ told, verbs, admin, asksField }: { told: Explanation; verbs: readonly string[]; admin: boolean; asksField: boolean }) {
  const { t } = useTranslation("talk");
  return (
    <>
      <p className="fw-muted talk-line">
        {told.person.name}
        {": "}
        {told.roles.length === 0 ? t(told.person.is_admin ? "why.admin" : "why.no_roles") : told.roles.map((one) => one.role_title).join("、")}
      </p>
      <ul className="talk-shares" aria-label={t("why.answers")} aria-live="polite">
        {told.actions.filter((one) => verbs.includes(one.action)).map((one) => (
          <Reasons key={one.action} told={one} admin={admin} />
        ))}
      </ul>
      {!asksField && told.fields && told.fields.length > 0 && (
        <section aria-labelledby="talk-closed">
          <h3 id="talk-closed">{t("why.closed")}</h3>
          <ul className="talk-roles">
            {told.fields.map((one) => (
              <li key={one.path}>
                {one.title} <Tag>{t(`why.access.${one.access}`, { defaultValue: one.access })}</Tag>
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}

/** Every field as a choice, those of rows after their table. */
function fieldsOf(fields: readonly FieldMeta[], path = "", title = ""): { value: string; label: string }[] {
  return fields.flatMap((one) => [{ value: path + one.name, label: title + one.title }, ...fieldsOf(one.fields ?? [], `${path}${one.name}.`, `${title}${one.title} / `)]);
}
