import { useQueryClient } from "@tanstack/react-query";
import { useMemo, useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { ActAnswer, Approval } from "../../api/approval.ts";
import { useSession } from "../../api/queries.ts";
import { FormStore } from "../../core/form/store.ts";
import { treeEvaluator } from "../../core/form/tree_evaluator.ts";
import type { EntityMeta, RecordData } from "../../core/form/types.ts";
import { toast } from "../../ui/toasts.ts";
import { useProblemLine } from "../../ui/problemText.ts";
import { referenceSource } from "../form/data.ts";
import { layoutOf } from "../form/layout.ts";
import { Saver } from "../form/saving.ts";
import { RecordBody } from "./RecordBody.tsx";
import { seatAccess, seatWrites } from "./seat.ts";
import { SeatDock } from "./SeatDock.tsx";
import { recordTitle } from "./titles.ts";

export interface RecordFrameProps {
  readonly meta: EntityMeta;
  readonly record: RecordData;
  readonly approval: Approval | null;
  readonly waiting: boolean;
  readonly narrow?: boolean | undefined;
  readonly onActed: (answer: ActAnswer | null) => void;
  readonly children: (body: ReactNode, dock: ReactNode) => ReactNode;
}

/** A record with my decision on it. Fields that my step may change are edited in place and saved before I agree. */
export function RecordFrame({ meta, record, approval, waiting, narrow, onActed, children }: RecordFrameProps) {
  const { t } = useTranslation("record");
  const line = useProblemLine();
  const client = useQueryClient();
  const person = useSession().data?.person.id ?? "";
  const [attempt, setAttempt] = useState(0);
  const seat = approval?.my_seat ?? null;
  const editable = seatWrites(seat);
  const items = useMemo(() => layoutOf(meta), [meta]);
  // Answers of the server keep their identity while nothing in them changed, so the store lives as long as the version.
  const store = useMemo(
    () => new FormStore({ meta, items, evaluator: treeEvaluator(person), references: referenceSource(client), record, editable, ...(seat === null ? {} : { access: seatAccess(meta, seat) }) }),
    [meta, items, person, client, record, editable, seat],
  );
  const saver = useMemo(() => new Saver(store), [store]);
  const before = async (): Promise<boolean> => {
    if (!editable) return true;
    const told = await saver.run("save");
    if (told.kind === "saved") return true;
    if (told.kind === "invalid") setAttempt((count) => count + 1);
    if (told.kind === "failed") toast.error(line(told.error));
    if (told.kind === "conflict") {
      toast.warn(t("changed_meanwhile"));
      onActed(null);
    }
    return false;
  };
  return children(
    <RecordBody meta={meta} record={record} store={store} items={items} approval={approval} waiting={waiting} attempt={attempt} narrow={narrow} />,
    seat && <SeatDock key={`${seat.id} ${seat.rev}`} seat={seat} title={recordTitle(meta, record)} before={before} onActed={onActed} onStale={() => onActed(null)} />,
  );
}
