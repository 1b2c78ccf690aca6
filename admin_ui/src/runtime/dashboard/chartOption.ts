import type { EChartsCoreOption } from "echarts/core";
import { formatNumber, formatPercent } from "../../core/formats/number.ts";
import type { Grid } from "./series.ts";

export interface ChartLook {
  colors: string[];
  text: string;
  lines: string;
  surface: string;
  font: string;
}

export interface ChartRequest {
  kind: string;
  percent: boolean;
  scale: number | null;
  unit: string;
  categoryTitle: string;
}

type Datum = number | null;

/** A picture needs a binary number; every figure that is read as text stays exact. */
function drawn(value: string | null | undefined): Datum {
  return value === null || value === undefined ? null : Number(value);
}

function axisText(percent: boolean): (value: number) => string {
  return (value) => (percent ? formatPercent(String(value)) : formatNumber(value));
}

function shownText({ percent, scale, unit }: ChartRequest, value: number): string {
  return percent ? formatPercent(String(value)) : `${formatNumber(value, scale)} ${unit}`.trim();
}

function pie(grid: Grid, request: ChartRequest, look: ChartLook): EChartsCoreOption {
  const cells = grid.series[0]?.cells ?? [];
  const data = grid.categories.map((category, index) => ({ name: category.label, value: drawn(cells[index]?.value) }));
  return { series: [{ type: "pie", radius: ["40%", "68%"], center: ["50%", "46%"], label: { formatter: "{b}\n{d}%", color: look.text }, data }], tooltip: tooltip(request, "item") };
}

function tooltip(request: ChartRequest, trigger: "axis" | "item") {
  // "richText" draws on the canvas; the HTML form would need inline styles, which the security policy refuses.
  return { trigger, renderMode: "richText", confine: true, valueFormatter: (value: Datum) => (value === null ? "—" : shownText(request, value)) };
}

function xy(grid: Grid, request: ChartRequest, look: ChartLook): EChartsCoreOption {
  const line = request.kind === "line";
  const series = grid.series.map((one) => ({
    name: one.name,
    type: line ? "line" : "bar",
    stack: request.kind === "stacked" ? "all" : undefined,
    barMaxWidth: 36,
    symbolSize: 7,
    data: one.cells.map((cell) => drawn(cell?.value)),
  }));
  return {
    grid: { left: 8, right: 16, top: 36, bottom: grid.series.length > 1 ? 48 : 24, containLabel: true },
    tooltip: tooltip(request, "axis"),
    xAxis: { type: "category", name: request.categoryTitle, nameLocation: "middle", nameGap: 28, data: grid.categories.map((one) => one.label), axisLabel: { color: look.text, hideOverlap: true, width: 90, overflow: "truncate" }, axisLine: { lineStyle: { color: look.lines } } },
    yAxis: { type: "value", name: request.percent ? "%" : request.unit, nameTextStyle: { color: look.text, align: "left" }, axisLabel: { color: look.text, formatter: axisText(request.percent) }, splitLine: { lineStyle: { color: look.lines } } },
    series,
  };
}

/** What echarts draws: bars, lines, stacked bars or a ring, in the colours of the theme. */
export function chartOption(grid: Grid, request: ChartRequest, look: ChartLook, still: boolean): EChartsCoreOption {
  const own = request.kind === "pie" ? pie(grid, request, look) : xy(grid, request, look);
  return {
    color: look.colors,
    animation: !still,
    animationDuration: 200,
    textStyle: { color: look.text, fontFamily: look.font },
    legend: grid.series.length > 1 && request.kind !== "pie" ? { bottom: 0, type: "scroll", textStyle: { color: look.text } } : undefined,
    aria: { enabled: true },
    ...own,
  };
}
