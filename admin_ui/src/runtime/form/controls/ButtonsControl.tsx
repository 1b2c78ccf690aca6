import type { ControlProps } from "./control.ts";
import { RadioControl } from "./RadioControl.tsx";

/** One of a few options as a bar of buttons. */
export function ButtonsControl(props: ControlProps) {
  return <RadioControl {...props} look="buttons" />;
}
