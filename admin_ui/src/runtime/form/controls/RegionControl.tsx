import { useMemo } from "react";
import { pathOf, pathText } from "../../../core/form/kinds/choices.ts";
import { LEVELS, regionTree } from "../../../core/form/regions.ts";
import { Cascader } from "../../../ui/cascade/Cascader.tsx";
import { sourceOf } from "./CascadeControl.tsx";
import type { ControlProps } from "./control.ts";
import { useRegions } from "./useRegions.ts";

/** A province, city or county by its code of GB/T 2260. */
export function RegionControl({ meta, value, ids, onChange, onBlur, onKeyDown }: ControlProps) {
  const regions = useRegions();
  const tree = useMemo(() => regionTree(regions.data ?? null, LEVELS.indexOf(meta.level ?? "county")), [regions.data, meta.level]);
  const source = useMemo(() => sourceOf(tree, meta.any_level === true), [tree, meta.any_level]);
  const chosen = typeof value === "string" && value !== "" ? value : null;
  const path = chosen === null ? [] : pathOf(tree, chosen);
  return <Cascader {...ids} key={regions.isSuccess ? "known" : "coming"} shown={path.length > 0 ? pathText(path) : (chosen ?? "")} chosen={chosen} source={source} anyLevel={meta.any_level === true} onChange={(next) => onChange(next)} onBlur={onBlur} onKeyDown={onKeyDown} />;
}
