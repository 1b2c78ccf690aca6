import type { ControlProps } from "./control.ts";
import { ShapedText } from "./ShapedText.tsx";

export function TextControl(props: ControlProps) {
  return <ShapedText props={props} />;
}
