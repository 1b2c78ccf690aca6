import { BarChart, LineChart, PieChart } from "echarts/charts";
import { AriaComponent, GridComponent, LegendComponent, TooltipComponent } from "echarts/components";
import { init, use as register, type EChartsType } from "echarts/core";
import { CanvasRenderer } from "echarts/renderers";
import { useEffect, useEffectEvent, useRef } from "react";
import { useTranslation } from "react-i18next";
import { IconButton } from "../../ui/Button.tsx";
import { useMedia } from "../../ui/useMedia.ts";
import { chartOption, type ChartLook, type ChartRequest } from "./chartOption.ts";
import type { Cell, Grid } from "./series.ts";

register([BarChart, LineChart, PieChart, GridComponent, LegendComponent, TooltipComponent, AriaComponent, CanvasRenderer]);

export interface ChartCanvasProps {
  label: string;
  grid: Grid;
  request: ChartRequest;
  onCell: (cell: Cell) => void;
}

function lookOf(element: HTMLElement): ChartLook {
  const style = getComputedStyle(element);
  const value = (name: string) => style.getPropertyValue(name).trim();
  return {
    colors: [1, 2, 3, 4, 5, 6, 7].map((index) => value(`--chart-${index}`)),
    text: value("--color-text-2"),
    lines: value("--color-border"),
    surface: value("--color-surface"),
    font: style.fontFamily,
  };
}

function paint(box: HTMLElement | null, chart: EChartsType | null, grid: Grid, request: ChartRequest, still: boolean): void {
  if (box !== null) chart?.setOption(chartOption(grid, request, lookOf(box), still), true);
}

function save(chart: EChartsType, name: string, background: string): void {
  const link = document.createElement("a");
  link.href = chart.getDataURL({ type: "png", pixelRatio: 2, backgroundColor: background });
  link.download = `${name}.png`;
  link.click();
}

/** The drawing; loaded only by pages that have a chart. It follows the theme and the size of its box. */
export default function ChartCanvas({ label, grid, request, onCell }: ChartCanvasProps) {
  const { t } = useTranslation("dashboard");
  const box = useRef<HTMLDivElement>(null);
  const chart = useRef<EChartsType | null>(null);
  const still = useMedia("(prefers-reduced-motion: reduce)");
  const press = useEffectEvent((seriesIndex: number, dataIndex: number) => {
    const cell = grid.series[seriesIndex]?.cells[dataIndex];
    if (cell !== null && cell !== undefined) onCell(cell);
  });
  const again = useEffectEvent(() => paint(box.current, chart.current, grid, request, still));
  useEffect(() => {
    if (box.current === null) return undefined;
    const made = init(box.current);
    chart.current = made;
    made.on("click", (event) => press(event.seriesIndex ?? 0, event.dataIndex));
    const sizes = new ResizeObserver(() => made.resize());
    sizes.observe(box.current);
    const themes = new MutationObserver(() => again());
    themes.observe(document.documentElement, { attributeFilter: ["data-theme"] });
    return () => {
      sizes.disconnect();
      themes.disconnect();
      made.dispose();
    };
  }, []);
  useEffect(() => paint(box.current, chart.current, grid, request, still), [grid, request, still]);
  return (
    <div className="chart-box">
      <div ref={box} className="chart" role="img" aria-label={label} />
      <span className="chart-save">
        <IconButton icon="file" size="s" label={t("save_picture", { title: label })} onClick={() => box.current !== null && chart.current !== null && save(chart.current, label, lookOf(box.current).surface)} />
      </span>
    </div>
  );
}
