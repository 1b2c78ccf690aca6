import { searchDepartments } from "../../../api/queries.ts";
import type { ControlProps } from "./control.ts";
import { ManyPicker } from "./ManyPicker.tsx";

/** Several departments. */
export function DepartmentsControl(props: ControlProps) {
  return <ManyPicker props={props} to="system.department" search={searchDepartments} />;
}
