import { searchPeople } from "../../../api/queries.ts";
import { useOptionLabel } from "../data.ts";
import type { ControlProps } from "./control.ts";
import { Picker } from "./Picker.tsx";

export function UserControl(props: ControlProps) {
  const { value, label } = props;
  const known = useOptionLabel("system.user", typeof value === "string" && value !== "" && label === null ? value : null);
  return <Picker props={props} search={searchPeople} known={known} />;
}
