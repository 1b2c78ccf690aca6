import { searchPeople } from "../../../api/queries.ts";
import type { ControlProps } from "./control.ts";
import { Picker } from "./Picker.tsx";

export function UserControl(props: ControlProps) {
  return <Picker props={props} search={searchPeople} />;
}
