import { useTranslation } from "react-i18next";
import { STATUS_TONES } from "../../api/meta.ts";
import type { EntityMeta } from "../../core/form/types.ts";
import { Tag } from "../../ui/Tag.tsx";

/** Where a document stands: a word and a colour. */
export function StatusTag({ meta, status }: { meta: EntityMeta; status: string | null | undefined }) {
  const { t } = useTranslation("record");
  if (!status) return null;
  const option = meta.system_fields?.find((field) => field.name === "status")?.options?.find((one) => one.value === status);
  return <Tag tone={option?.color ?? STATUS_TONES[status] ?? "grey"}>{option?.title ?? t(`status.${status}`, { defaultValue: status })}</Tag>;
}
