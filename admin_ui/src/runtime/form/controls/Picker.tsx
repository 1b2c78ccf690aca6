import type { Option } from "../../../api/types.ts";
import { Combobox } from "../../../ui/Combobox.tsx";
import type { ControlProps } from "./control.ts";

/** A searching picker for anything that is kept as an id and read as a label. */
export function Picker({ props, search, known }: { props: ControlProps; search: (text: string) => Promise<Option[]>; known?: string | null }) {
  const { value, label, ids, onChange, onBlur, onKeyDown } = props;
  const chosen = typeof value === "string" && value !== "" ? { id: value, label: label ?? known ?? value } : null;
  return <Combobox {...ids} value={chosen} search={search} onChange={(option) => onChange(option?.id ?? null, option?.label ?? null)} onBlur={onBlur} onKeyDown={onKeyDown} />;
}
