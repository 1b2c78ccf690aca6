/** Exact decimals as text: nothing here goes through a binary float. */

const PLAIN = /^([+-]?)(\d*)(?:\.(\d*))?$/;
const FULL_WIDTH = /[０-９．－，]/g;
const NARROW: Readonly<Record<string, string>> = { "．": ".", "－": "-", "，": "," };

/** What a person typed or pasted ("１，２３４．５", "1,234.50 ") as plain text; left as it is when it is no number. */
export function parseTyped(text: string): string {
  const narrow = text.replace(FULL_WIDTH, (sign) => NARROW[sign] ?? String.fromCharCode(sign.charCodeAt(0) - 0xfee0));
  const bare = narrow.replaceAll(/[,\s\u00a0¥￥]/g, "");
  return PLAIN.test(bare) ? bare : text;
}

/** "-1234567.50" -> "-1,234,567.50"; what is no plain number comes back unchanged. */
export function groupThousands(value: string): string {
  const match = PLAIN.exec(value);
  if (match === null || value === "") return value;
  const [, sign = "", whole = "", fraction] = match;
  const grouped = whole.replaceAll(/\B(?=(\d{3})+$)/g, ",");
  return sign + grouped + (fraction === undefined ? "" : `.${fraction}`);
}

function addOne(digits: string): string {
  const all = digits.split("");
  for (let place = all.length - 1; place >= 0; place -= 1) {
    if (all[place] !== "9") {
      all[place] = String(Number(all[place]) + 1);
      return all.join("");
    }
    all[place] = "0";
  }
  return `1${all.join("")}`;
}

/** Half away from zero to `scale` places, as text; fills with zeros. */
export function toScale(value: string, scale: number): string {
  const match = PLAIN.exec(value);
  if (match === null) return value;
  const [, sign = "", whole = "", fraction = ""] = match;
  const kept = (whole || "0") + fraction.padEnd(scale, "0").slice(0, scale);
  const up = (fraction[scale] ?? "0") >= "5";
  const digits = (up ? addOne(kept) : kept).padStart(scale + 1, "0");
  const left = digits.slice(0, digits.length - scale).replace(/^0+(?=\d)/, "");
  const text = scale === 0 ? left : `${left}.${digits.slice(digits.length - scale)}`;
  return (sign === "-" && /[1-9]/.test(text) ? "-" : "") + text;
}

/** A number for people: thousands, and `scale` places when given ("1234.5", 2 -> "1,234.50"). */
export function formatNumber(value: string | number | null | undefined, scale?: number | null): string {
  if (value === null || value === undefined || value === "") return "";
  const text = String(value);
  return groupThousands(scale === null || scale === undefined ? text : toScale(text, scale));
}

/** Moves the decimal point by whole places: "0.155", 2 -> "15.5". */
export function shiftPoint(value: string, places: number): string {
  const match = PLAIN.exec(value);
  if (match === null || value === "") return value;
  const [, sign = "", whole = "", fraction = ""] = match;
  const padded = "0".repeat(Math.max(0, -places)) + whole + fraction + "0".repeat(Math.max(0, places - fraction.length));
  const point = Math.max(0, -places) + whole.length + places;
  const left = padded.slice(0, point).replace(/^0+(?=\d)/, "") || "0";
  const right = padded.slice(point).replace(/0+$/, "");
  return sign.replace("+", "") + left + (right === "" ? "" : `.${right}`);
}

/** A stored fraction as per cent: "0.8" -> "80%"; at most `scale` places. */
export function formatPercent(value: string | number | null | undefined, scale = 2): string {
  if (value === null || value === undefined || value === "") return "";
  const shifted = shiftPoint(String(value), 2);
  const places = shifted.split(".")[1]?.length ?? 0;
  return `${groupThousands(places > scale ? toScale(shifted, scale) : shifted)}%`;
}

export function isNegative(value: string | number | null | undefined): boolean {
  return /^-(?=.*[1-9])/.test(String(value ?? ""));
}

/** Compares two plain decimals without a float: below 0, 0 or above 0. */
export function compareDecimals(left: string, right: string): number {
  const a = parts(left);
  const b = parts(right);
  if (a.negative !== b.negative) return a.negative ? -1 : 1;
  const width = Math.max(a.whole.length, b.whole.length);
  const depth = Math.max(a.fraction.length, b.fraction.length);
  const one = a.whole.padStart(width, "0") + a.fraction.padEnd(depth, "0");
  const two = b.whole.padStart(width, "0") + b.fraction.padEnd(depth, "0");
  const order = one < two ? -1 : one > two ? 1 : 0;
  return a.negative ? -order : order;
}

function parts(value: string): { negative: boolean; whole: string; fraction: string } {
  const [, , whole = "", fraction = ""] = PLAIN.exec(value) ?? [];
  return { negative: isNegative(value), whole: whole.replace(/^0+/, ""), fraction };
}
