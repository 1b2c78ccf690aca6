import { useSibling } from "../FormContext.ts";
import type { ControlProps } from "./control.ts";
import { NumberControl } from "./NumberControl.tsx";

/** An amount; its currency is that of the field, or what another field of the record says. */
export function MoneyControl(props: ControlProps) {
  const { meta } = props;
  const told = useSibling(props, meta.currency_field ?? null);
  const currency = typeof told === "string" && told !== "" ? told : meta.currency;
  return <NumberControl {...props} meta={currency === meta.currency ? meta : { ...meta, currency: currency ?? null }} />;
}
