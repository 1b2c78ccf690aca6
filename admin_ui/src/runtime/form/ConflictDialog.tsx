import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { differences, merged, titleOf, type Choice, type Difference } from "../../core/form/merge.ts";
import { labelIn } from "../../core/form/references.ts";
import type { FormStore } from "../../core/form/store.ts";
import type { FieldMeta, Json, Labels, RecordData, Values } from "../../core/form/types.ts";
import { rowsOf } from "../../core/form/values.ts";
import { Button } from "../../ui/Button.tsx";
import { Dialog } from "../../ui/Dialog.tsx";
import { Moment } from "../../ui/Moment.tsx";
import { ReadValue } from "./ReadValue.tsx";

export interface ConflictDialogProps {
  readonly store: FormStore;
  readonly theirs: RecordData;
  /** The choice is made and the form holds the result: save again. */
  readonly onMerged: () => void;
  readonly onClose: () => void;
}

/** Somebody saved in between: what they changed, field by field, beside what stands here. */
export function ConflictDialog({ store, theirs, onMerged, onClose }: ConflictDialogProps) {
  const { t } = useTranslation("form");
  const { fields } = store.meta;
  const [mine] = useState(() => store.snapshot());
  const found = useMemo(() => differences(fields, store.baseValues, mine, theirs.values), [fields, store, mine, theirs]);
  const [choices, setChoices] = useState<Readonly<Record<string, Choice>>>(() => Object.fromEntries(found.map((one) => [one.key, one.conflict ? "mine" : "theirs"])));
  // What does not meet goes together by itself; only where both changed the same is there something to choose.
  const clashes = found.filter((one) => one.conflict);
  const asked = clashes.length > 0 ? clashes : found;
  const rest = found.length - asked.length;
  const labels: Labels = { ...store.labels(), ...theirs.labels };
  const take = () => {
    const values = merged(fields, mine, theirs.values, found, choices);
    store.rebase(theirs, theirs.values, values, mergeLabels(store.labels(), theirs.labels ?? {}, values));
    onMerged();
  };
  return (
    <Dialog
      title={t("conflict.title")}
      size="l"
      onClose={onClose}
      data-testid="conflict"
      footer={
        <>
          <Button onClick={onClose}>{t("conflict.back")}</Button>
          <Button variant="primary" onClick={take}>
            {t("conflict.save")}
          </Button>
        </>
      }
    >
      <div className="form-conflict">
        <p>
          {t("conflict.text")} <Moment value={theirs.updated_at} relative />
        </p>
        {found.length === 0 && <p className="fw-muted">{t("conflict.none")}</p>}
        {rest > 0 && <p className="fw-muted">{t("conflict.rest", { count: rest })}</p>}
        {asked.map((one) => (
          <fieldset key={one.key} className="form-section">
            <legend>
              {titleOf(fields, one)} {one.kind !== "field" && t(`conflict.${one.kind}`)}
            </legend>
            <div className="form-choice">
              {(["mine", "theirs"] as const).map((side) => (
                <label key={side}>
                  <input type="radio" name={one.key} checked={choices[one.key] === side} onChange={() => setChoices({ ...choices, [one.key]: side })} />
                  <span>
                    <span className="fw-muted fw-small">{t(`conflict.${side}`)}</span>
                    <br />
                    <Side difference={one} value={one[side]} labels={labels} />
                  </span>
                </label>
              ))}
            </div>
          </fieldset>
        ))}
      </div>
    </Dialog>
  );
}

function Side({ difference, value, labels }: { difference: Difference; value: Json; labels: Labels }) {
  const { t } = useTranslation("form");
  const { field, kind, table } = difference;
  if (kind === "field") {
    const path = table === null ? field.name : `${table}.${field.name}`;
    return <ReadValue meta={field} value={value} label={labelIn(labels, path, value)} />;
  }
  const [row] = rowsOf([value]);
  return row === undefined ? <span>{t("conflict.no_row")}</span> : <RowText table={field} row={row} labels={labels} />;
}

function RowText({ table, row, labels }: { table: FieldMeta; row: Values; labels: Labels }) {
  return (
    <span className="form-options">
      {(table.fields ?? []).slice(0, 5).map((field) => (
        <ReadValue key={field.name} meta={field} value={row[field.name] ?? null} label={labelIn(labels, `${table.name}.${field.name}`, row[field.name])} />
      ))}
    </span>
  );
}

/** Labels of both sides by id; a label that comes alone belongs to the id that the server has. */
function mergeLabels(mine: Labels, theirs: Labels, values: Values): Labels {
  const all: Record<string, Record<string, string>> = {};
  for (const labels of [theirs, mine]) {
    for (const [path, told] of Object.entries(labels)) {
      const id = values[path];
      const map = typeof told === "string" ? (typeof id === "string" ? { [id]: told } : {}) : (told ?? {});
      all[path] = { ...all[path], ...map };
    }
  }
  return all;
}
