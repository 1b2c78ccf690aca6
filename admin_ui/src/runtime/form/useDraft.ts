import { useEffect, useState } from "react";
import { Autosave, type Draft, type DraftStorage } from "../../core/form/drafts.ts";
import { EDITS, type FormStore } from "../../core/form/store.ts";
import type { FieldMeta, RecordData, Values } from "../../core/form/types.ts";

/** Put a draft over an opened record. One over an older version keeps that version: the save will then show what met. */
export function restoreDraft(store: FormStore, draft: Draft): void {
  const { record, meta } = store;
  const values = draft.publication === meta.publication ? draft.values : stillThere(meta.fields, draft.values);
  if (record === null) {
    store.rebase(null, draft.base, values, draft.labels);
    return;
  }
  const same = draft.version === record.version;
  const under: RecordData = same || draft.version === null ? record : { ...record, version: draft.version };
  store.rebase(under, same ? record.values : draft.base, values, { ...record.labels, ...draft.labels });
}

/** What was typed into fields that the form has not any more is left out. */
function stillThere(fields: readonly FieldMeta[], values: Values): Values {
  const known = fields.filter((field) => field.name in values);
  return Object.fromEntries(
    known.map((field) => {
      const value = values[field.name] ?? null;
      const rows = field.fields && Array.isArray(value) ? (value as Values[]).map((row) => ({ ...(row["id"] === undefined ? {} : { id: row["id"] }), ...stillThere(field.fields ?? [], row) })) : value;
      return [field.name, rows];
    }),
  );
}

/** What a form holds, as a draft keeps it. */
export function contentOf(store: FormStore): Omit<Draft, "saved_at"> {
  return { values: store.snapshot(), base: store.baseValues, labels: store.labels(), version: store.record?.version ?? null, ...(store.meta.publication === undefined ? {} : { publication: store.meta.publication }) };
}

/** Keeps what is typed on this device: every two seconds, on leaving a field, on leaving the page. */
export function useAutosave(store: FormStore, storage: DraftStorage, key: string): Autosave {
  const [autosave] = useState(
    () =>
      new Autosave(
        storage,
        key,
        {
          get dirty() {
            return store.dirty;
          },
          get edits() {
            return store.edits;
          },
          take: () => contentOf(store),
        },
        () => new Date(),
      ),
  );
  useEffect(() => {
    const flush = () => void autosave.flush();
    // Whoever goes on to the next field sees it first: a long record takes a moment to be written down.
    const afterwards = () => requestAnimationFrame(() => setTimeout(flush));
    const stop = store.subscribe(EDITS, () => autosave.poke());
    document.addEventListener("focusout", afterwards);
    document.addEventListener("visibilitychange", flush);
    window.addEventListener("pagehide", flush);
    return () => {
      flush();
      stop();
      document.removeEventListener("focusout", afterwards);
      document.removeEventListener("visibilitychange", flush);
      window.removeEventListener("pagehide", flush);
    };
  }, [store, autosave]);
  return autosave;
}
