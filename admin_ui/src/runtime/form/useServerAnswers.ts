import { useEffect } from "react";
import { EDITS, type FormStore } from "../../core/form/store.ts";
import { checkRecord } from "./data.ts";

const QUIET = 500;

/**
 * Some values only the server can work out: measures over other records, fields of records that this person may not
 * open. While typing pauses it is asked for them; without an answer they are worked out when the record is saved.
 */
export function useServerAnswers(store: FormStore): void {
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let asked = 0;
    const ask = async () => {
      const [edits, keys] = [store.edits, store.rowKeys()];
      if (store.unanswered.size === 0 || edits === asked) return;
      asked = edits;
      const answer = await checkRecord(store.meta.key, store.record?.id ?? null, store.payload()).catch(() => null);
      if (answer !== null && store.edits === edits) store.takeComputed(answer.values, answer.labels ?? {}, keys);
    };
    const later = () => {
      clearTimeout(timer);
      timer = setTimeout(() => void ask(), QUIET);
    };
    if (store.isNew) later();
    const stop = store.subscribe(EDITS, later);
    return () => {
      clearTimeout(timer);
      stop();
    };
  }, [store]);
}
