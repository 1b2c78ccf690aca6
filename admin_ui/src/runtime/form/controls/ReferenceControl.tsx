import { searchOptions } from "../../../api/queries.ts";
import { useOptionLabel } from "../data.ts";
import type { ControlProps } from "./control.ts";
import { Picker } from "./Picker.tsx";

/** A record of another entity, found by label, code or pinyin initials; the server knows which ones fit. */
export function ReferenceControl(props: ControlProps) {
  const { meta, value, label, asker, record } = props;
  const to = meta.to ?? "";
  const missing = typeof value === "string" && value !== "" && label === null && to !== "";
  const named = useOptionLabel(to, missing ? value : null);
  const search = (text: string) => searchOptions(to, { q: text, field: asker, record: JSON.stringify(record()) });
  return <Picker props={props} search={search} known={named} />;
}
