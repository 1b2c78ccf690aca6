import { useQuery } from "@tanstack/react-query";
import { api } from "../../../api/client.ts";
import type { Items, Role } from "../../../api/types.ts";
import type { ControlProps } from "./control.ts";
import { SelectControl } from "./SelectControl.tsx";

/** A role of any module, or one of those that the field names. */
export function RoleControl(props: ControlProps) {
  const { meta } = props;
  const named = meta.options !== null && meta.options !== undefined;
  const roles = useQuery({ queryKey: ["roles"], queryFn: () => api.get<Items<Role>>("/roles"), enabled: !named, staleTime: 300_000 });
  const options = named ? meta.options : roles.data?.items.map((role) => ({ value: role.key, title: role.title }));
  return <SelectControl {...props} meta={{ ...meta, options: options ?? [] }} />;
}
