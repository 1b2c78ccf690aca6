import { datetime, time } from "./clock.ts";
import type { Kind } from "./kind.ts";

const COMMON: Readonly<Record<string, Kind>> = { datetime, time };
// Empty until the first control of a rarer type is fetched: most forms have none.
let rare: Readonly<Record<string, Kind>> = {};

/** What is known of a field type beside its control; a type that is not known is taken as it is typed. */
export function kindOf(type: string): Kind | undefined {
  return COMMON[type] ?? rare[type];
}

/** Fetches what is known of the rarer types. A control of such a type waits for it. */
export async function loadKinds(): Promise<void> {
  rare = (await import("./rare.ts")).RARE_KINDS;
}
