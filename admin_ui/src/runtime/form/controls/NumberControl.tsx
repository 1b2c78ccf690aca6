import { useState } from "react";
import { flushSync } from "react-dom";
import { useTranslation } from "react-i18next";
import { editNumber, numberToWire, scaleOf } from "../../../core/form/numbers.ts";
import { isShare, isWhole, toNumber } from "../../../core/form/values.ts";
import { NumberInput } from "../../../ui/NumberInput.tsx";
import { currencySign } from "../display.ts";
import type { ControlProps } from "./control.ts";

/**
 * Integers, decimals, amounts, quantities and percentages. What is typed is kept letter by letter while the box has the
 * focus; the record gets the exact number it says, or the text itself when it says none.
 */
export function NumberControl({ meta, value, ids, inCell, onChange, onBlur }: ControlProps) {
  const { t } = useTranslation("form");
  const [typed, setTyped] = useState<string | null>(null);
  const number = toNumber(value);
  const padded = number !== null && !isShare(meta) && !isWhole(meta) ? number.toFixed(Math.max(scaleOf(meta), number.decimalPlaces())) : editNumber(meta, value);
  const suffix = isShare(meta) ? "%" : (meta.unit ?? (meta.type === "money" ? currencySign(t, meta.currency) : undefined));
  return (
    <NumberInput
      {...ids}
      inputMode={isWhole(meta) ? "numeric" : "decimal"}
      value={typed ?? padded}
      suffix={inCell ? undefined : suffix}
      onChange={(text) => {
        setTyped(text);
        onChange(numberToWire(meta, text));
      }}
      onFocus={(event) => {
        // The plain number stands in the box before it is selected: drawn later, it would end the selection.
        flushSync(() => setTyped(editNumber(meta, value)));
        event.target.select();
      }}
      onBlur={() => {
        setTyped(null);
        onBlur();
      }}
    />
  );
}
