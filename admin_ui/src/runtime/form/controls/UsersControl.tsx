import { searchPeople } from "../../../api/queries.ts";
import type { ControlProps } from "./control.ts";
import { ManyPicker } from "./ManyPicker.tsx";

/** Several people. */
export function UsersControl(props: ControlProps) {
  return <ManyPicker props={props} to="system.user" search={searchPeople} />;
}
