import type { Option } from "../../api/types.ts";

export interface TreeNode {
  readonly value: string;
  readonly title: string;
  /** There is nothing below it. */
  readonly leaf: boolean;
}

/** Where a cascading choice gets its levels from: all in memory, or level by level from the server. */
export interface TreeSource {
  /** What stands below a node; below null stands the first level. */
  below(node: TreeNode | null): Promise<readonly TreeNode[]>;
  /** Nodes whose way from the top contains the text, as options whose label is that way. */
  find(text: string): Promise<readonly Option[]>;
}
