import { useImperativeHandle, useRef, type Ref } from "react";
import { useTranslation } from "react-i18next";
import { IconButton } from "./Button.tsx";

export interface CalendarButtonProps {
  /** A day, "" when there is none. */
  day: string;
  onChoose: (day: string) => void;
  disabled?: boolean | undefined;
  /** Gets the command that opens the calendar, for the keyboard. */
  opener?: Ref<() => void> | undefined;
}

/** The system's calendar beside a box in which days are typed. Only its picker is used, never its text. */
export function CalendarButton({ day, onChoose, disabled, opener }: CalendarButtonProps) {
  const { t } = useTranslation("ui");
  const calendar = useRef<HTMLInputElement>(null);
  const open = () => {
    // Some browsers refuse to open it; then the day is typed.
    if (typeof calendar.current?.showPicker === "function") calendar.current.showPicker();
  };
  useImperativeHandle(opener, () => open);
  return (
    <>
      <input
        ref={calendar}
        type="date"
        className="fw-day-calendar"
        tabIndex={-1}
        aria-hidden="true"
        max="9999-12-31"
        value={day}
        onChange={(event) => onChoose(event.target.value)}
      />
      <IconButton icon="calendar" size="s" tabIndex={-1} label={t("date.open")} className="fw-day-open" disabled={disabled} onClick={open} />
    </>
  );
}
