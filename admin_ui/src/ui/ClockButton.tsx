import { useCallback, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { IconButton } from "./Button.tsx";
import { Popover } from "./Popover.tsx";
import "./TimeInput.css";

const HOURS = Array.from({ length: 24 }, (_, hour) => String(hour).padStart(2, "0"));
const MINUTES = Array.from({ length: 12 }, (_, step) => String(step * 5).padStart(2, "0"));

/** Hours and minutes to press, by 24 hours in every language. */
export function ClockButton({ time, onChoose, disabled }: { time: string; onChoose: (time: string) => void; disabled?: boolean | undefined }) {
  const { t } = useTranslation("ui");
  const [open, setOpen] = useState(false);
  const anchor = useRef<HTMLSpanElement>(null);
  const close = useCallback(() => setOpen(false), []);
  const [hour = "", minute = ""] = time.split(":");
  return (
    <span ref={anchor} className="fw-clock">
      <IconButton icon="clock" size="s" tabIndex={-1} label={t("time.open")} aria-expanded={open} disabled={disabled} onClick={() => setOpen(!open)} />
      {open && (
        <Popover label={t("time.open")} anchor={anchor} onClose={close} className="fw-clock-panel">
          <Cells title={t("time.hour")} all={HOURS} chosen={hour} onChoose={(one) => onChoose(`${one}:${minute || "00"}`)} />
          <Cells
            title={t("time.minute")}
            all={MINUTES}
            chosen={minute}
            onChoose={(one) => {
              onChoose(`${hour || "00"}:${one}`);
              close();
            }}
          />
        </Popover>
      )}
    </span>
  );
}

function Cells({ title, all, chosen, onChoose }: { title: string; all: readonly string[]; chosen: string; onChoose: (one: string) => void }) {
  return (
    <>
      <div className="fw-clock-title">{title}</div>
      <fieldset className="fw-clock-cells" aria-label={title}>
        {all.map((one) => (
          <button key={one} type="button" className="fw-clock-cell" aria-pressed={one === chosen} onClick={() => onChoose(one)}>
            {one}
          </button>
        ))}
      </fieldset>
    </>
  );
}
