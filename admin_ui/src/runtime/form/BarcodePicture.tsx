import { create } from "qrcode";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { barPath, code128, ean13 } from "./barcodeBars.ts";

const HEIGHT = 40;
const QUIET = 4;

function qrPath(text: string): { readonly path: string; readonly width: number } | null {
  try {
    const { modules } = create(text, { errorCorrectionLevel: "M" });
    let path = "";
    for (let row = 0; row < modules.size; row += 1) {
      for (let column = 0; column < modules.size; column += 1) {
        if (modules.get(row, column)) path += `M${column} ${row}h1v1h-1z`;
      }
    }
    return { path, width: modules.size };
  } catch {
    // Longer than any such code can hold.
    return null;
  }
}

/** A code as dark on white in both themes, so that any scanner reads it from the screen. */
export function BarcodePicture({ text, symbology }: { text: string; symbology: string }) {
  const { t } = useTranslation("controls");
  const drawn = useMemo(() => {
    if (symbology === "qr") return qrPath(text);
    const widths = symbology === "ean13" ? ean13(text) : code128(text);
    return widths === null ? null : barPath(widths, HEIGHT);
  }, [text, symbology]);
  if (drawn === null) return null;
  const square = symbology === "qr";
  const [width, height] = [drawn.width + 2 * QUIET, (square ? drawn.width : HEIGHT) + 2 * QUIET];
  return (
    <svg className={square ? "control-code control-code-qr" : "control-code"} viewBox={`${-QUIET} ${-QUIET} ${width} ${height}`} role="img" aria-label={t("barcode.picture", { text })} preserveAspectRatio="xMinYMid meet" shapeRendering="crispEdges">
      <rect x={-QUIET} y={-QUIET} width={width} height={height} fill="#ffffff" />
      <path d={drawn.path} fill="#000000" />
    </svg>
  );
}
