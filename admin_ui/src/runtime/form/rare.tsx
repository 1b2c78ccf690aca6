import { lazy, Suspense } from "react";
import { lateTexts } from "../../ui/lateTexts.ts";
import type { DisplayProps } from "./displays.tsx";

const RareValue = lazy(async () => {
  const [{ RareValue: Shown }] = await Promise.all([import("./displays.tsx"), lateTexts("controls")]);
  return { default: Shown };
});

/** Field types whose values are read in a way of their own, which is fetched when the first of them is drawn. */
const RARE = new Set(
  "bank_account barcode cascade colour date_range datetime_range departments duration dynamic_reference email json local_datetime location markdown phone progress rating references region rich_text secret signature snapshot tags time_range url users".split(" "),
);

export function isRare(type: string): boolean {
  return RARE.has(type);
}

export function Rare(props: DisplayProps) {
  return (
    <Suspense fallback={<span className="fw-skeleton" style={{ display: "inline-block", width: 48 }} />}>
      <RareValue {...props} />
    </Suspense>
  );
}
