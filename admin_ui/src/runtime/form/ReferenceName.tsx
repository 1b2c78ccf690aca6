import { useOptionLabel } from "./data.ts";

/** The label of a reference of which only the id is known; asked for once. */
export function ReferenceName({ to, id }: { to: string; id: string }) {
  return <span>{useOptionLabel(to, id) ?? id}</span>;
}
