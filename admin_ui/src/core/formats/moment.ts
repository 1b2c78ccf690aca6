/** Times of day and moments as text: 08:30 and 2026-11-20 08:30 in every language, whatever the browser speaks. */
import { dateOfText } from "./date.ts";

const two = (value: number | string): string => String(value).padStart(2, "0");

/** `8:30`, `0830`, `8：30`, `8点30分`, `下午3:05`, `3:05 pm` as HH:MM; null when it is no time of day. */
export function timeOfText(text: string): string | null {
  const bare = text.trim().toLowerCase().replaceAll("：", ":");
  const late = /下午|晚上|pm/.test(bare);
  const early = /上午|早上|am/.test(bare);
  const plain = bare.replace(/下午|晚上|上午|早上|\s|am|pm/g, "");
  const found = /^(\d{1,2})[:点时.](\d{1,2})?分?(?::\d{2}(?:\.\d+)?)?$/.exec(plain) ?? /^(\d{1,2})(\d{2})$/.exec(plain) ?? /^(\d{1,2})()$/.exec(plain);
  if (!found) return null;
  const minute = Number(found[2] === undefined || found[2] === "" ? 0 : found[2]);
  let hour = Number(found[1]);
  if (late && hour < 12) hour += 12;
  if (early && hour === 12) hour = 0;
  return hour < 24 && minute < 60 ? `${two(hour)}:${two(minute)}` : null;
}

/** A day and a time in one text, `2026-11-20 8:30`, `2026/11/20T08:30`; null when it is none. */
export function localOfText(text: string): string | null {
  const found = /^(\S+?日?)[\sT]+(.+)$/i.exec(text.trim()) ?? /^(\d{4}年\d{1,2}月\d{1,2}日)(.+)$/.exec(text.trim());
  const day = dateOfText(found?.[1] ?? "");
  const time = timeOfText(found?.[2] ?? "");
  return day === null || time === null ? null : `${day}T${time}`;
}

/** How a local moment is read and typed: a space instead of the T, no seconds that are zero. */
export function showLocal(local: string): string {
  return local.replace("T", " ").replace(/^(.{16}):00(\.0+)?$/, "$1");
}

/** A moment as local text, "2026-11-20T08:30"; "" when there is none. */
export function localOfMoment(value: unknown): string {
  const moment = typeof value === "string" && value !== "" ? new Date(value) : null;
  if (moment === null || Number.isNaN(moment.getTime())) return "";
  return `${moment.getFullYear()}-${two(moment.getMonth() + 1)}-${two(moment.getDate())}T${two(moment.getHours())}:${two(moment.getMinutes())}`;
}

/** A local moment in UTC, "2026-11-20T00:30:00Z"; null when it is none. */
export function momentOfLocal(text: string): string | null {
  const moment = text === "" ? null : new Date(text);
  return moment === null || Number.isNaN(moment.getTime()) ? null : moment.toISOString().replace(/\.000Z$/, "Z");
}

/** The time some minutes later, around the clock. */
export function stepTime(time: string, minutes: number): string {
  const [hour = 0, minute = 0] = time.split(":").map(Number);
  const all = (((hour * 60 + minute + minutes) % 1440) + 1440) % 1440;
  return `${two(Math.floor(all / 60))}:${two(all % 60)}`;
}
