import { describe, expect, test } from "vitest";
import type { Figure } from "../../api/figures.ts";
import { chartOption } from "./chartOption.ts";
import { levelOf } from "./levels.ts";
import { gridOf } from "./series.ts";

function figure(measure: string, rows: [string, string, string][]): Figure {
  return {
    measure,
    title: measure,
    dimensions: [],
    total: null,
    rows: rows.map(([machine, month, value]) => ({ keys: { machine, month }, labels: { machine: `机械 ${machine}` }, value })),
  };
}

describe("levels", () => {
  const levels = [
    { from: "0.8", tone: "warn" },
    { from: "1.0", tone: "alert" },
    { from: "0", tone: "ok" },
  ];

  test.each([
    ["0.79", "ok"],
    ["0.80", "warn"],
    ["1", "alert"],
    ["-0.1", null],
  ])("%s is %s", (value, tone) => {
    expect(levelOf(levels, value)?.tone ?? null).toBe(tone);
  });

  test("nothing has no level", () => {
    expect(levelOf(levels, null)).toBeNull();
  });
});

describe("figures side by side", () => {
  test("several measures are several series over the same categories", () => {
    const grid = gridOf([figure("plan", [["a", "", "1"], ["b", "", "2"]]), figure("done", [["b", "", "3"]])], ["machine"], true);

    expect(grid.categories.map((one) => one.label)).toEqual(["机械 a", "机械 b"]);
    expect(grid.series.map((one) => [one.name, one.cells.map((cell) => cell?.value ?? null)])).toEqual([
      ["plan", ["1", "2"]],
      ["done", [null, "3"]],
    ]);
  });

  test("the last of two dimensions becomes series, and a cell keeps its keys for drilling", () => {
    const grid = gridOf([figure("done", [["a", "01", "1"], ["a", "02", "2"], ["b", "02", "4"]])], ["machine", "month"], true);

    expect(grid.series.map((one) => one.name)).toEqual(["01", "02"]);
    expect(grid.series[1]?.cells[1]).toEqual({ measure: "done", keys: { machine: "b", month: "02" }, value: "4" });
  });

  test("a stacked chart stacks and its tooltip needs no HTML", () => {
    const grid = gridOf([figure("done", [["a", "01", "1.50"]])], ["machine", "month"], true);
    const look = { colors: [], text: "", lines: "", surface: "", font: "" };

    const option = chartOption(grid, { kind: "stacked", percent: false, scale: 2, unit: "t", categoryTitle: "" }, look, true);

    expect(option).toMatchObject({ animation: false, tooltip: { renderMode: "richText" }, series: [{ type: "bar", stack: "all", data: [1.5] }] });
  });
});
