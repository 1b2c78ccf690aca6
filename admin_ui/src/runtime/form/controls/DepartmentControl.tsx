import { searchDepartments } from "../../../api/queries.ts";
import type { ControlProps } from "./control.ts";
import { Picker } from "./Picker.tsx";

export function DepartmentControl(props: ControlProps) {
  return <Picker props={props} search={searchDepartments} />;
}
