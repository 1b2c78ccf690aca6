import { NumberInput, type NumberInputProps } from "./NumberInput.tsx";

export interface MoneyInputProps extends Omit<NumberInputProps, "suffix"> {
  currency?: string | undefined;
}

const SIGNS: Readonly<Record<string, string>> = { CNY: "元", USD: "US$", EUR: "€", HKD: "HK$" };

/** An amount: exact text, thousands on leaving, the currency inside the box. */
export function MoneyInput({ currency = "CNY", ...rest }: MoneyInputProps) {
  return <NumberInput {...rest} suffix={SIGNS[currency] ?? currency} />;
}
