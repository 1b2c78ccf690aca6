import { useTranslation } from "react-i18next";
import type { Figure, Widget } from "../../api/figures.ts";
import { Amount } from "../../ui/Amount.tsx";
import { Tag } from "../../ui/Tag.tsx";
import { levelOf } from "./levels.ts";
import type { Cell } from "./series.ts";

interface KpiWidgetProps {
  widget: Widget;
  figures: readonly Figure[];
  onCell: (cell: Cell) => void;
}

function totalOf(figure: Figure): string | null {
  return figure.total ?? figure.rows[0]?.value ?? null;
}

/** One figure large, further ones below; its level in a word and a tone; a press opens the documents. */
export function KpiWidget({ widget, figures, onCell }: KpiWidgetProps) {
  const { t } = useTranslation("dashboard");
  const [main, ...others] = figures;
  if (main === undefined) return null;
  const percent = widget.format === "percent";
  const scale = main.scale ?? (widget.format === "money" ? 2 : null);
  const value = totalOf(main);
  const level = levelOf(widget.levels, value);
  return (
    <div className="kpi" data-testid={`kpi-${widget.name}`}>
      <button type="button" className="kpi-value figure-link" title={t("open")} onClick={() => onCell({ measure: main.measure, keys: {}, value })}>
        <Amount value={value} scale={scale} percent={percent} unit={percent ? "" : main.unit} />
      </button>
      {level !== null && <Tag tone={level.tone}>{t(`level.${level.tone}`, { defaultValue: level.tone })}</Tag>}
      {others.map((figure) => (
        <p key={figure.measure} className="fw-small fw-muted">
          {figure.title} <Amount value={totalOf(figure)} scale={figure.scale} percent={percent} unit={figure.unit} />
        </p>
      ))}
    </div>
  );
}
