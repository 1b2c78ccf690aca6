import { useTranslation } from "react-i18next";
import { formatNumber as shown, scaleOf } from "../../../core/form/numbers.ts";
import { Exact, isWhole, toNumber } from "../../../core/form/values.ts";
import type { ControlProps } from "./control.ts";
import { NumberControl } from "./NumberControl.tsx";

/** A slider beside the number. The slider counts whole steps, so no value passes through a float. */
export function SliderControl(props: ControlProps) {
  const { meta, value, inCell, ids, onChange, onBlur } = props;
  const { t } = useTranslation("controls");
  if (inCell) return <NumberControl {...props} />;
  const low = toNumber(meta.min ?? null) ?? new Exact(0);
  const high = toNumber(meta.max ?? null) ?? low.plus(100);
  const step = toNumber(meta.step ?? null) ?? new Exact(1);
  const number = toNumber(value);
  const at = number === null ? 0 : number.minus(low).div(step).round().toNumber();
  const put = (steps: number) => {
    const next = low.plus(step.times(steps));
    onChange(isWhole(meta) ? next.toNumber() : next.toFixed(Math.max(scaleOf(meta), next.decimalPlaces())));
  };
  return (
    <div className="control-slider">
      <input
        type="range"
        aria-label={t("slider.slide", { title: ids["aria-label"] ?? meta.title })}
        aria-valuetext={shown(meta, value)}
        min={0}
        max={high.minus(low).div(step).floor().toNumber()}
        step={1}
        value={at}
        onChange={(event) => put(Number(event.target.value))}
        onBlur={onBlur}
      />
      <NumberControl {...props} />
    </div>
  );
}
