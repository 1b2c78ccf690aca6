import { bareCode, inFours } from "../../../core/form/kinds/codes.ts";
import type { ControlProps } from "./control.ts";
import { ShapedText } from "./ShapedText.tsx";

/** An account number, read in groups of four. */
export function BankAccountControl(props: ControlProps) {
  return <ShapedText props={props} inputMode="numeric" show={(text) => (/^\d+$/.test(bareCode(text)) ? inFours(bareCode(text)) : text)} />;
}
