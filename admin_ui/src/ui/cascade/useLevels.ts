import { useCallback, useEffect, useEffectEvent, useState } from "react";
import type { Option } from "../../api/types.ts";
import type { TreeNode, TreeSource } from "./source.ts";

export interface Level {
  readonly nodes: readonly TreeNode[] | null;
  readonly at: number;
}

/** The open levels of a cascading choice, the place in each, and what a search found instead. */
export function useLevels(source: TreeSource, text: string) {
  const [levels, setLevels] = useState<readonly Level[]>([]);
  const [found, setFound] = useState<readonly Option[] | null>(null);
  const ask = useEffectEvent((wanted: string) => source.find(wanted));
  const first = useEffectEvent(() => source.below(null));
  useEffect(() => {
    let current = true;
    first().then(
      (nodes) => current && setLevels([{ nodes, at: 0 }]),
      () => current && setLevels([{ nodes: [], at: 0 }]),
    );
    return () => {
      current = false;
    };
  }, []);
  useEffect(() => {
    if (text.trim() === "") return undefined;
    let current = true;
    const timer = setTimeout(() => {
      ask(text.trim()).then(
        (options) => current && setFound(options),
        () => current && setFound([]),
      );
    }, 160);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [text]);

  const point = useCallback((depth: number, at: number) => setLevels((all) => all.slice(0, depth + 1).map((level, index) => (index === depth ? { ...level, at } : level))), []);
  const open = useCallback(
    async (depth: number, at: number, node: TreeNode): Promise<boolean> => {
      const nodes = node.leaf ? [] : await source.below(node).catch(() => []);
      setLevels((all) => {
        const kept = all.slice(0, depth + 1).map((level, index) => (index === depth ? { ...level, at } : level));
        return nodes.length === 0 ? kept : [...kept, { nodes, at: 0 }];
      });
      return nodes.length > 0;
    },
    [source],
  );
  const back = useCallback(() => setLevels((all) => (all.length > 1 ? all.slice(0, -1) : all)), []);
  return { levels, found: text.trim() === "" ? null : found, point, open, back };
}
