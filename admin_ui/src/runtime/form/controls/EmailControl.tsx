import type { ControlProps } from "./control.ts";
import { ShapedText } from "./ShapedText.tsx";

/** Not `type="email"`: the browser would judge it in its own words. */
export function EmailControl(props: ControlProps) {
  return <ShapedText props={props} inputMode="email" placeholder="name@example.com" />;
}
