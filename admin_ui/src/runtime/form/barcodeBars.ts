/** Bars of one-dimensional codes as widths of modules, dark first. */

/** ISO/IEC 15417: the patterns of code 128 by value, six widths each; 103-105 start, 106 stops (with its last bar). */
const CODE128 =
  "212222222122222221121223121322131222122213122312132212221213221312231212112232122132122231113222123122123221223211221132221231213212223112312131311222321122321221312212322112322211212123212321232121111323131123131321112313132113132311211313231113231311112133112331132131113123113321133121313121211331231131213113213311213131311123311321331121312113312311332111314111221411431111111224111422121124121421141122141221112214112412122114122411142112142211241211221114413111241112134111111242121142121241114212124112124211411212421112421211212141214121412121111143111341131141114113114311411113411311113141114131311141411131";
const STARTS: readonly string[] = ["211412", "211214", "211232"];
const STOP = "2331112";
const START_B = 104;

function pattern(value: number): string {
  return value >= 103 ? (STARTS[value - 103] ?? "") : CODE128.slice(value * 6, value * 6 + 6);
}

/** Code set B: printable ASCII; null where the text holds anything else. */
export function code128(text: string): readonly number[] | null {
  if (text === "" || !/^[ -~]+$/.test(text)) return null;
  const values = [...text].map((sign) => sign.charCodeAt(0) - 32);
  const check = values.reduce((sum, value, place) => sum + value * (place + 1), START_B) % 103;
  return [...[START_B, ...values, check].map(pattern).join(""), ...STOP].map(Number);
}

const LEFT = ["3211", "2221", "2122", "1411", "1132", "1231", "1114", "1312", "1213", "3112"];
/** Which of the six digits on the left are drawn mirrored, by the first digit. */
const MIRRORED = ["000000", "001011", "001101", "001110", "010011", "011001", "011100", "010101", "010110", "011010"];

/** GS1 EAN-13; null where the text is none. */
export function ean13(text: string): readonly number[] | null {
  if (!/^\d{13}$/.test(text)) return null;
  const parity = MIRRORED[Number(text[0])] ?? "";
  const left = Array.from(text.slice(1, 7), (sign, place) => {
    const widths = LEFT[Number(sign)] ?? "";
    return parity[place] === "1" ? [...widths].toReversed().join("") : widths;
  });
  const right = Array.from(text.slice(7), (sign) => LEFT[Number(sign)] ?? "");
  // Digits on the left begin with a space, those on the right with a bar: the guards between them keep the order.
  return [..."111", ...left.join(""), ..."11111", ...right.join(""), ..."111"].map(Number);
}

/** The path of bars, one module wide units, `height` tall. */
export function barPath(widths: readonly number[], height: number): { readonly path: string; readonly width: number } {
  let at = 0;
  let path = "";
  widths.forEach((width, index) => {
    if (index % 2 === 0) path += `M${at} 0h${width}v${height}h-${width}z`;
    at += width;
  });
  return { path, width: at };
}
