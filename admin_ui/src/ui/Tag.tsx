import type { ReactNode } from "react";
import "./Tag.css";

export const TONES = ["grey", "blue", "green", "amber", "red"] as const;
export type Tone = (typeof TONES)[number];

const OTHER_NAMES: Readonly<Record<string, Tone>> = {
  neutral: "grey",
  info: "blue",
  accent: "blue",
  good: "green",
  ok: "green",
  success: "green",
  warn: "amber",
  warning: "amber",
  yellow: "amber",
  orange: "amber",
  bad: "red",
  alert: "red",
  danger: "red",
  error: "red",
};

/** Any name of a tone or colour that a definition may use, as one of the five tones. */
export function toneOf(name: string | null | undefined): Tone {
  return TONES.find((tone) => tone === name) ?? OTHER_NAMES[name ?? ""] ?? "grey";
}

export interface TagProps {
  tone?: string | null | undefined;
  children: ReactNode;
  title?: string | undefined;
}

/** A short state in words, with a tone; the words carry the meaning, the tone only helps. */
export function Tag({ tone, children, title }: TagProps) {
  return (
    <span className={`fw-tag fw-tone-${toneOf(tone)}`} title={title}>
      {children}
    </span>
  );
}
