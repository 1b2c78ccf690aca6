import type { Department } from "../../api/types.ts";

export interface DepartmentLine {
  department: Department;
  depth: number;
}

/** Departments as lines in the order of the tree; who lost a parent stands at the top. */
export function departmentTree(departments: readonly Department[]): DepartmentLine[] {
  const ids = new Set(departments.map((one) => one.id));
  const children = new Map<string, Department[]>();
  for (const one of departments) {
    const parent = one.parent_id !== null && ids.has(one.parent_id) ? one.parent_id : "";
    children.set(parent, [...(children.get(parent) ?? []), one]);
  }
  const lines: DepartmentLine[] = [];
  const visit = (parent: string, depth: number) => {
    const sorted = (children.get(parent) ?? []).toSorted((a, b) => a.code.localeCompare(b.code));
    for (const department of sorted) {
      lines.push({ department, depth });
      visit(department.id, depth + 1);
    }
  };
  visit("", 0);
  return lines;
}
