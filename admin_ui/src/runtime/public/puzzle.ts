const BITS = 15;
const SLICE = 4000;
const K = Uint32Array.from({ length: 64 }, (_, index) => fraction(prime(index), 1 / 3));
const START = Uint32Array.from({ length: 8 }, (_, index) => fraction(prime(index), 1 / 2));

function prime(place: number): number {
  let found = 1;
  for (let left = place + 1; left > 0; ) {
    found += 1;
    if (isPrime(found)) left -= 1;
  }
  return found;
}

function isPrime(number: number): boolean {
  for (let factor = 2; factor * factor <= number; factor += 1) if (number % factor === 0) return false;
  return true;
}

/** The first 32 bits behind the point of a root, as FIPS 180-4 makes its constants. */
function fraction(number: number, root: number): number {
  const value = number ** root;
  return Math.floor((value - Math.floor(value)) * 2 ** 32);
}

const turn = (word: number, by: number) => (word >>> by) | (word << (32 - by));

function padded(text: string): DataView {
  const bytes = new TextEncoder().encode(text);
  const view = new DataView(new ArrayBuffer(Math.ceil((bytes.length + 9) / 64) * 64));
  bytes.forEach((byte, index) => view.setUint8(index, byte));
  view.setUint8(bytes.length, 0x80);
  view.setUint32(view.byteLength - 4, bytes.length * 8);
  return view;
}

/** SHA-256 (FIPS 180-4) as eight words. The browser's own is missing on plain-http intranet hosts. */
export function sha256(text: string): Uint32Array {
  const view = padded(text);
  const hash = Uint32Array.from(START);
  const w = new Uint32Array(64);
  for (let block = 0; block < view.byteLength; block += 64) {
    for (let i = 0; i < 16; i += 1) w[i] = view.getUint32(block + i * 4);
    for (let i = 16; i < 64; i += 1) {
      const [a, b] = [w[i - 15] ?? 0, w[i - 2] ?? 0];
      w[i] = (w[i - 16] ?? 0) + (w[i - 7] ?? 0) + (turn(a, 7) ^ turn(a, 18) ^ (a >>> 3)) + (turn(b, 17) ^ turn(b, 19) ^ (b >>> 10));
    }
    let [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = hash;
    for (let i = 0; i < 64; i += 1) {
      const one = (h + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + ((e & f) ^ (~e & g)) + (K[i] ?? 0) + (w[i] ?? 0)) | 0;
      const two = ((turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
      [h, g, f, e, d, c, b, a] = [g, f, e, (d + one) | 0, c, b, a, (one + two) | 0];
    }
    [a, b, c, d, e, f, g, h].forEach((word, index) => (hash[index] = (hash[index] ?? 0) + word));
  }
  return hash;
}

/** Finds what the server asks for before it takes an answer; the page stays alive meanwhile. */
export async function solve(puzzle: string): Promise<string> {
  for (let counter = 0; ; counter += 1) {
    if ((sha256(`${puzzle}:${counter}`)[0] ?? 0) >>> (32 - BITS) === 0) return String(counter);
    // oxlint-disable-next-line no-await-in-loop -- the pause is the point: typing and drawing go on
    if (counter % SLICE === SLICE - 1) await new Promise((resume) => setTimeout(resume));
  }
}
