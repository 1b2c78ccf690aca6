import { toNumber } from "../../../core/form/values.ts";
import { ProgressBar } from "../../../ui/ProgressBar.tsx";
import type { ControlProps } from "./control.ts";
import { NumberControl } from "./NumberControl.tsx";

/** A percentage with its bar. */
export function ProgressControl(props: ControlProps) {
  if (props.inCell) return <NumberControl {...props} />;
  return (
    <div className="control-progress">
      <ProgressBar share={toNumber(props.value)?.toFixed() ?? "0"} />
      <NumberControl {...props} />
    </div>
  );
}
