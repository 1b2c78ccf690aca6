import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { IconButton } from "../../../ui/Button.tsx";
import { Star } from "../../../ui/Stars.tsx";
import type { ControlProps } from "./control.ts";

/** Stars: a group of radio buttons that look like stars, so arrows and digits of a screen reader do what they always do. */
export function RatingControl({ meta, value, ids, onChange, onBlur }: ControlProps) {
  const { t } = useTranslation("controls");
  const name = useId();
  const most = Number(meta.max ?? 5);
  const chosen = typeof value === "number" ? value : 0;
  const [over, setOver] = useState(0);
  return (
    <span className="fw-row">
      <span role="radiogroup" {...ids} aria-label={ids["aria-label"] ?? meta.title} className="control-stars" onPointerLeave={() => setOver(0)}>
        {Array.from({ length: most }, (_, place) => place + 1).map((count) => (
          <label key={count} title={t("rating.stars", { count, of: most })} onPointerEnter={(event) => event.pointerType === "mouse" && setOver(count)}>
            <input type="radio" name={name} className="fw-hidden" checked={chosen === count} aria-label={t("rating.stars", { count, of: most })} onChange={() => onChange(count)} onBlur={onBlur} />
            <Star full={count <= (over || chosen)} />
          </label>
        ))}
      </span>
      {chosen > 0 && <IconButton icon="close" size="s" label={t("rating.clear", { title: meta.title })} onClick={() => onChange(null)} />}
    </span>
  );
}
