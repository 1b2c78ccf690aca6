import { searchOptions } from "../../../api/queries.ts";
import type { ControlProps } from "./control.ts";
import { ManyPicker } from "./ManyPicker.tsx";

/** Several records of another entity; the server knows which ones fit. */
export function ReferencesControl(props: ControlProps) {
  const { meta, asker, record } = props;
  const to = meta.to ?? "";
  return <ManyPicker props={props} to={to} search={(text) => searchOptions(to, { q: text, field: asker, record: JSON.stringify(record()) })} />;
}
