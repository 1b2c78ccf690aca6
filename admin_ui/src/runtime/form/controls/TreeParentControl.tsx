import type { ControlProps } from "./control.ts";
import { ReferenceControl } from "./ReferenceControl.tsx";

/** The record above in a tree: a reference to the entity itself. */
export function TreeParentControl(props: ControlProps) {
  const own = props.asker.split(".").slice(0, 2).join(".");
  return <ReferenceControl {...props} meta={{ ...props.meta, to: props.meta.to ?? own }} />;
}
