import { useMemo } from "react";
import { allPaths, pathOf, pathText } from "../../../core/form/kinds/choices.ts";
import type { OptionNode } from "../../../core/form/settings.ts";
import { Cascader } from "../../../ui/cascade/Cascader.tsx";
import type { TreeNode, TreeSource } from "../../../ui/cascade/source.ts";
import type { ControlProps } from "./control.ts";

const MOST = 50;

function nodeOf(option: OptionNode): TreeNode {
  return { value: option.value, title: option.title, leaf: !option.options?.some((one) => one.retired !== true) };
}

function usable(nodes: readonly OptionNode[]): readonly TreeNode[] {
  return nodes.filter((one) => one.retired !== true).map(nodeOf);
}

function bare(text: string): string {
  return text.toLowerCase().replace(/[\s/／>]/g, "");
}

/** The levels of a tree that is all in memory. */
export function sourceOf(options: readonly OptionNode[], anyLevel: boolean): TreeSource {
  return {
    below: (node) => Promise.resolve(usable(node === null ? options : (pathOf(options, node.value).at(-1)?.options ?? []))),
    find: (text) => {
      // 深圳市南山 is in 广东省 / 深圳市 / 南山区: what stands between the levels does not count.
      const wanted = bare(text);
      const hits = allPaths(options).filter((path) => path.every((one) => one.retired !== true) && (anyLevel || !path.at(-1)?.options?.length) && bare(pathText(path)).includes(wanted));
      return Promise.resolve(hits.slice(0, MOST).map((path) => ({ id: path.at(-1)?.value ?? "", label: pathText(path) })));
    },
  };
}

/** A value of an option set that is shaped like a tree. */
export function CascadeControl({ meta, value, ids, onChange, onBlur, onKeyDown }: ControlProps) {
  const options = useMemo(() => meta.options ?? [], [meta]);
  const source = useMemo(() => sourceOf(options, meta.any_level === true), [options, meta]);
  const chosen = typeof value === "string" && value !== "" ? value : null;
  const path = chosen === null ? [] : pathOf(options, chosen);
  return <Cascader {...ids} shown={path.length > 0 ? pathText(path) : (chosen ?? "")} chosen={chosen} source={source} anyLevel={meta.any_level === true} onChange={(next) => onChange(next)} onBlur={onBlur} onKeyDown={onKeyDown} />;
}
