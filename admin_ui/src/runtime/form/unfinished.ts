import { api } from "../../api/client.ts";
import { draftStorage } from "../../core/form/draft_storage.ts";
import type { Draft, DraftStorage } from "../../core/form/drafts.ts";

/** A form that takes longer to come from the server than this opens with what is on the device. */
const PATIENCE = 2000;

interface Told {
  readonly unfinished: (Omit<Draft, "is_kept"> & { readonly changed: boolean }) | null;
}

/** Where the server keeps the form of a draft's key: `person|entity|id`. */
export function unfinishedPath(key: string): string {
  const [, entity = "", id = ""] = key.split("|");
  return `/unfinished/${entity}${id === "new" ? "" : `/${encodeURIComponent(id)}`}`;
}

const keeper = async () => (await import("./keepUnfinished.ts")).keeper;

/** Drafts on this device and, for their author, on the server: what was typed last counts. */
export const unfinished: DraftStorage = {
  async get(key) {
    const late = new Promise<undefined>((resolve) => setTimeout(() => resolve(undefined), PATIENCE));
    const asked = api.get<Told>(unfinishedPath(key), undefined, { background: true }).then((told) => told.unfinished, () => undefined);
    const [here, there] = await Promise.all([draftStorage().get(key), Promise.race([asked, late])]);
    if (there) void keeper().then((known) => known.learn(key));
    const chosen = there === undefined ? here : chosenOf(here, there);
    if (chosen === null && here !== null) await draftStorage().remove(key);
    return chosen;
  },
  put(key, draft) {
    void keeper().then((server) => server.later(key, draft));
    return draftStorage().put(key, draft);
  },
  remove(key) {
    void keeper().then((server) => server.end(key));
    return draftStorage().remove(key);
  },
};

/** Of what is on this device and what the server has: the one that was typed last. */
export function chosenOf(here: Draft | null, there: Draft | null): Draft | null {
  if (there === null) {
    // What the server once had in full was saved or thrown away elsewhere.
    return here?.is_kept === true ? null : here;
  }
  if (here !== null && (here.kept_at === there.saved_at || here.saved_at > there.saved_at)) return here;
  return { ...there, kept_at: there.saved_at, is_from_elsewhere: true };
}
