import { useQueryClient } from "@tanstack/react-query";
import { keys } from "../../api/queries.ts";
import { useApproval, useFormMeta, useRecordData } from "../form/data.ts";

/** All that a record's page shows first, and a way to ask for it again after something was done. */
export function useRecordView(entity: string, id: string) {
  const client = useQueryClient();
  const meta = useFormMeta(entity);
  const record = useRecordData(entity, id);
  const flows = meta.data?.kind === "document" && meta.data.has_flow === true;
  const approval = useApproval(entity, flows ? id : null);
  const refresh = async (): Promise<void> => {
    const touched = [keys.record(entity, id), keys.approval(entity, id), keys.records(entity), keys.tasks(), keys.counts, keys.figures];
    await Promise.all(touched.map((queryKey) => client.invalidateQueries({ queryKey })));
  };
  const failed = meta.error ?? record.error;
  return { meta: meta.data, record: record.data, approval: approval.data ?? null, waiting: flows && approval.isPending, failed, refresh };
}
