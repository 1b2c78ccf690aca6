import { useState } from "react";
import { useTranslation } from "react-i18next";
import { metresBetween, placeOf, type Place } from "../../../core/form/kinds/structured.ts";
import type { Json } from "../../../core/form/types.ts";
import { Button, IconButton } from "../../../ui/Button.tsx";
import { Field } from "../../../ui/Field.tsx";
import { TextInput } from "../../../ui/TextInput.tsx";
import { RangeSketch } from "../RangeSketch.tsx";
import { useAllowedPlace } from "../useAllowedPlace.ts";
import type { ControlProps } from "./control.ts";
import "./captured.css";

const PATIENCE = 20_000;

/** Why the system gave no place: 1 refused, 2 unknown, 3 too slow (GeolocationPositionError). */
const FAILURES: Readonly<Record<number, string>> = { 1: "refused", 2: "unknown", 3: "slow" };

/** A place: asked of the device, with how exact it is and how far from where it must be; or typed. */
export function LocationControl(props: ControlProps) {
  const { meta, value, ids, inCell, onChange, onBlur } = props;
  const { t } = useTranslation("controls");
  const [state, setState] = useState<"idle" | "asking" | string>("idle");
  const allowed = useAllowedPlace(props);
  const place = placeOf(value);
  const parts = (value !== null && typeof value === "object" && !Array.isArray(value) ? value : {}) as Readonly<Record<string, Json>>;
  const put = (part: Readonly<Record<string, Json>>) => {
    const next = Object.fromEntries(Object.entries({ ...parts, ...part }).filter(([, one]) => one !== null && one !== ""));
    onChange("lng" in next || "lat" in next || "address" in next ? next : null);
  };
  const ask = () => {
    if (!("geolocation" in navigator)) return setState("missing");
    setState("asking");
    navigator.geolocation.getCurrentPosition(
      ({ coords, timestamp }) => {
        setState("idle");
        put({ lng: coords.longitude.toFixed(6), lat: coords.latitude.toFixed(6), accuracy: String(Math.round(coords.accuracy)), at: new Date(timestamp).toISOString().replace(/\.\d+Z$/, "Z") });
        onBlur();
      },
      (error) => setState(window.isSecureContext ? (FAILURES[error.code] ?? "unknown") : "insecure"),
      { enableHighAccuracy: true, timeout: PATIENCE, maximumAge: 0 },
    );
  };
  const title = ids["aria-label"] ?? meta.title;
  // What is typed was not measured: accuracy and moment belong to the device's answer.
  const typed = (part: Readonly<Record<string, Json>>) => put({ ...part, accuracy: null, at: null });
  return (
    <div className="control-stack">
      <span className="fw-row fw-row-wrap">
        <Button {...ids} icon="pin" busy={state === "asking"} size={inCell ? "s" : "m"} aria-label={`${t("location.ask")} ${title}`} onClick={ask}>
          {t(state === "asking" ? "location.asking" : "location.ask")}
        </Button>
        {place !== null && place.accuracy !== undefined && place.accuracy !== null && <span className="fw-muted fw-small">{t("location.accuracy", { metres: place.accuracy })}</span>}
        {value !== null && <IconButton icon="close" size="s" label={t("location.clear", { title })} onClick={() => onChange(null)} />}
      </span>
      {state !== "idle" && state !== "asking" && (
        <div role="alert" className="fw-field-error">
          {t(`location.${state}`)}
        </div>
      )}
      <div className="control-place">
        {(["lng", "lat"] as const).map((axis) => (
          <Field key={axis} label={t(`location.${axis}`)}>
            {(own) => <TextInput {...own} inputMode="decimal" aria-invalid={ids["aria-invalid"]} value={typeof parts[axis] === "string" || typeof parts[axis] === "number" ? String(parts[axis]) : ""} onChange={(text) => typed({ [axis]: text.trim() === "" ? null : text.trim() })} onBlur={onBlur} />}
          </Field>
        ))}
        {!inCell && (
          <Field label={t("location.address")} className="control-address">
            {(own) => <TextInput {...own} value={typeof parts["address"] === "string" ? parts["address"] : ""} onChange={(text) => put({ address: text === "" ? null : text })} onBlur={onBlur} />}
          </Field>
        )}
      </div>
      {!inCell && place !== null && allowed !== null && <Distance place={place} centre={allowed.centre} metres={allowed.metres} />}
    </div>
  );
}

function Distance({ place, centre, metres }: { place: Place; centre: Place; metres: number }) {
  const { t } = useTranslation("controls");
  const away = metresBetween(place, centre);
  const inside = away <= metres;
  return (
    <div className="control-distance">
      <RangeSketch place={place} centre={centre} metres={metres} />
      <output className={inside ? "control-inside" : "fw-field-error"}>{t(inside ? "location.inside" : "location.outside", { away, limit: metres, over: away - metres })}</output>
    </div>
  );
}
