import { AttachmentControl } from "./AttachmentControl.tsx";
import type { ControlProps } from "./control.ts";

/** Pictures: on a phone the system offers the camera. */
export function ImageControl(props: ControlProps) {
  return <AttachmentControl {...props} capture />;
}
