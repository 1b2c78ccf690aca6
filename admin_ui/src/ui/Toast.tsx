import { useSyncExternalStore } from "react";
import { useTranslation } from "react-i18next";
import { Button, IconButton } from "./Button.tsx";
import { dismissToast, toastStore } from "./toasts.ts";
import "./Toast.css";

/** Where toasts appear; placed once, by the shell. */
export function Toasts() {
  const { t } = useTranslation("ui");
  const toasts = useSyncExternalStore(toastStore.subscribe, toastStore.current);
  return (
    <output className="fw-toasts" aria-live="polite">
      {toasts.map((one) => (
        <div key={one.id} className={`fw-toast fw-tone-${one.tone}`} data-testid="toast">
          <span className="fw-grow">{one.text}</span>
          {one.action !== undefined && (
            <Button
              size="s"
              onClick={() => {
                one.action?.run();
                dismissToast(one.id);
              }}
            >
              {one.action.label}
            </Button>
          )}
          <IconButton icon="close" size="s" label={t("close")} onClick={() => dismissToast(one.id)} />
        </div>
      ))}
    </output>
  );
}
