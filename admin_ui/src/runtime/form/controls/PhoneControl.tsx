import { formatPhone } from "../../../core/form/kinds/contacts.ts";
import type { ControlProps } from "./control.ts";
import { ShapedText } from "./ShapedText.tsx";

/** A telephone: typed as it comes, read in groups. */
export function PhoneControl(props: ControlProps) {
  return <ShapedText props={props} type="tel" inputMode="tel" show={formatPhone} />;
}
