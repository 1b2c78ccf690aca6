import { useState } from "react";
import { useTranslation } from "react-i18next";
import { editNumber, numberToWire, scaleOf } from "../../../core/form/numbers.ts";
import { Exact, toNumber } from "../../../core/form/values.ts";
import { formatNumber } from "../../../core/formats/number.ts";
import { NumberInput } from "../../../ui/NumberInput.tsx";
import { Select } from "../../../ui/Select.tsx";
import type { ControlProps } from "./control.ts";
import { NumberControl } from "./NumberControl.tsx";

/** A number with its unit. Typed in another declared unit it is converted on the spot, exactly, half up at the field's scale. */
export function QuantityControl(props: ControlProps) {
  const { meta, value, ids, onChange, onBlur } = props;
  const { t } = useTranslation("controls");
  const units = Object.keys(meta.units ?? {});
  const own = meta.unit ?? "";
  const [unit, setUnit] = useState(own);
  const [typed, setTyped] = useState<string | null>(null);
  if (units.length === 0) return <NumberControl {...props} />;
  const factor = new Exact(unit === own ? "1" : (meta.units?.[unit] ?? "1"));
  const stored = toNumber(value);
  const shown = stored === null || unit === own ? editNumber(meta, value) : stored.div(factor).toDecimalPlaces(12).toFixed();
  const put = (text: string) => {
    setTyped(text);
    const number = toNumber(numberToWire({ ...meta, type: "decimal" }, text));
    onChange(number === null || unit === own ? numberToWire(meta, text) : number.times(factor).toDecimalPlaces(scaleOf(meta), Exact.ROUND_HALF_UP).toFixed(scaleOf(meta)));
  };
  return (
    <span className="control-quantity">
      <span className="fw-row">
        <NumberInput
          {...ids}
          value={typed ?? shown}
          onChange={put}
          onBlur={() => {
            // In another unit the text stays as it was typed: the rounded value need not give it back.
            if (unit === own) setTyped(null);
            onBlur();
          }}
        />
        <Select
          aria-label={t("quantity.unit", { title: ids["aria-label"] ?? meta.title })}
          className="control-unit"
          value={unit}
          options={[own, ...units].map((one) => ({ value: one, label: one }))}
          onChange={(next) => {
            setTyped(null);
            setUnit(next);
          }}
        />
      </span>
      {unit !== own && stored !== null && <output className="fw-field-help">= {formatNumber(stored.toFixed(), scaleOf(meta))} {own}</output>}
    </span>
  );
}
