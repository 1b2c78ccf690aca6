import { createElement, Suspense } from "react";
import type { ControlProps } from "./controls/control.ts";
import { controlOf } from "./registry.ts";

/** The control of a field, in a room of its height while it is being fetched. */
export function FieldControl(props: ControlProps) {
  return (
    <Suspense fallback={<span className="fw-skeleton" style={{ display: "block", height: 32 }} />}>{createElement(controlOf(props.meta.control, props.meta.type), props)}</Suspense>
  );
}
