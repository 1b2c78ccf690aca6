import { useState } from "react";
import { useTranslation } from "react-i18next";
import { formatMoment, relativeTime } from "../core/formats/date.ts";

export interface MomentProps {
  value: string | null | undefined;
  /** "3 hours ago" with the full moment as its title. */
  relative?: boolean | undefined;
}

export function Moment({ value, relative }: MomentProps) {
  const { i18n } = useTranslation();
  const [now] = useState(() => new Date());
  if (value === null || value === undefined || value === "") return null;
  const full = formatMoment(value);
  return (
    <time className="fw-nowrap" dateTime={value} title={full}>
      {relative ? relativeTime(value, now, i18n.language) : full}
    </time>
  );
}
