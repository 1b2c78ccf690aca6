import { useState } from "react";

type Widths = Readonly<Record<string, number>>;

function read(key: string): Widths {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(key) ?? "{}");
    return typeof stored === "object" && stored !== null ? (stored as Widths) : {};
  } catch {
    return {};
  }
}

/** Column widths of one view, remembered on this device. */
export function useWidths(view: string) {
  const key = `formwork.widths.${view}`;
  const [widths, setWidths] = useState(() => read(key));
  const resize = (field: string, width: number) => {
    const next = { ...widths, [field]: Math.max(60, Math.min(800, Math.round(width))) };
    setWidths(next);
    localStorage.setItem(key, JSON.stringify(next));
  };
  return { widths, resize };
}
