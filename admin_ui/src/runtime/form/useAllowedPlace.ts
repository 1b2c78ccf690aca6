import { useQuery } from "@tanstack/react-query";
import { use } from "react";
import { api } from "../../api/client.ts";
import { keys } from "../../api/queries.ts";
import { placeOf, type Place } from "../../core/form/kinds/structured.ts";
import type { RecordData } from "../../core/form/types.ts";
import type { ControlProps } from "./controls/control.ts";
import { recordPath } from "./data.ts";
import { FormContext, useSibling } from "./FormContext.ts";

/** Where a location must be near, and how near: another field of the record, or one of a record that it refers to. */
export function useAllowedPlace(props: Pick<ControlProps, "meta" | "asker" | "record">): { readonly centre: Place; readonly metres: number } | null {
  const { within } = props.meta;
  const [head = null, further] = within?.of.split(".") ?? [];
  const near = useSibling(props, head);
  const to = use(FormContext)?.store.field(head ?? "")?.to ?? "";
  const id = further !== undefined && typeof near === "string" && near !== "" ? near : null;
  const far = useQuery({ queryKey: keys.record(to, id ?? ""), queryFn: () => api.get<RecordData>(recordPath(to, id ?? "")), enabled: id !== null && to !== "", staleTime: 30_000 });
  const centre = placeOf(further === undefined ? near : far.data?.values[further]);
  return within && centre !== null ? { centre, metres: Number(within.metres) } : null;
}
