import { lazy, Suspense, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import type { EntityMeta } from "../../api/meta.ts";
import { Button, IconButton } from "../../ui/Button.tsx";
import type { BulkAction, Chosen } from "../bulk/data.ts";
import type { ListState } from "./address.ts";
import { filterForServer } from "./filter.ts";
import type { Selection } from "./useSelection.ts";

const BulkDialog = lazy(() => import("../bulk/BulkDialog.tsx").then((module) => ({ default: module.BulkDialog })));
const ICONS: Readonly<Record<BulkAction, string>> = { update: "edit", submit: "send", delete: "trash" };

export interface SelectionBarProps {
  readonly meta: EntityMeta;
  readonly view: string;
  readonly state: ListState;
  readonly selection: Selection;
  readonly hasMore: boolean;
  /** What loaded records are called, by id. */
  readonly names: ReadonlyMap<string, string>;
}

/** What may be done with many records of an entity at once. */
export function bulkActions(meta: EntityMeta): BulkAction[] {
  if (meta.kind === "ledger") return [];
  const known: readonly BulkAction[] = meta.kind === "document" ? ["update", "submit", "delete"] : ["update", "delete"];
  return known.filter((action) => meta.actions.includes(action));
}

/** How many are chosen, and what to do with them; Escape lets go. */
export function SelectionBar({ meta, view, state, selection, hasMore, names }: SelectionBarProps) {
  const { t } = useTranslation("bulk");
  const [action, setAction] = useState<BulkAction | null>(null);
  const filter = filterForServer(state.filter);
  const chosen: Chosen = selection.everything
    ? { everything: true, q: state.q, view, filter: filter === "" ? null : (JSON.parse(filter) as unknown) }
    : { ids: [...selection.ids] };
  const { clear } = selection;
  useEffect(() => {
    if (action !== null) return undefined;
    const press = (event: KeyboardEvent) => {
      if (event.key === "Escape" && !event.defaultPrevented) clear();
    };
    document.addEventListener("keydown", press);
    return () => document.removeEventListener("keydown", press);
  }, [action, clear]);
  const words = selection.everything && hasMore ? t("chosen_everything") : t("chosen", { count: selection.count });
  return (
    <section className="list-selection" aria-label={t("selection")}>
      <output>{words}</output>
      {hasMore && !selection.everything && (
        <Button size="s" variant="link" onClick={selection.takeEverything}>
          {t("take_everything")}
        </Button>
      )}
      <span className="fw-grow" />
      {bulkActions(meta).map((one) => (
        <Button key={one} size="s" icon={ICONS[one]} onClick={() => setAction(one)}>
          {t(`verb.${one}`)}
        </Button>
      ))}
      <IconButton size="s" icon="close" label={t("let_go")} onClick={selection.clear} />
      {action !== null && (
        <Suspense fallback={null}>
          <BulkDialog meta={meta} action={action} chosen={chosen} words={words} names={names} onClose={() => setAction(null)} onDone={selection.clear} />
        </Suspense>
      )}
    </section>
  );
}
