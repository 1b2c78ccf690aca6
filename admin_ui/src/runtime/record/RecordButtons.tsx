import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useButtons, type RecordButton } from "../../api/automation.ts";
import { api } from "../../api/client.ts";
import type { EntityMeta, RecordData } from "../../core/form/types.ts";
import { Button } from "../../ui/Button.tsx";
import { useProblemLine } from "../../ui/problemText.ts";
import { toast } from "../../ui/toasts.ts";
import { recordPath } from "../form/data.ts";

export interface RecordButtonsProps {
  readonly meta: EntityMeta;
  readonly record: RecordData;
  readonly onDone: () => void;
}

/** Buttons that the module's automations put on a record, for those who may press them now. */
export function RecordButtons({ meta, record, onDone }: RecordButtonsProps) {
  const { t } = useTranslation("record");
  const line = useProblemLine();
  const buttons = useButtons(meta.key, record.id, record.version, meta.has_buttons === true);
  const [pressed, setPressed] = useState("");
  const press = async (button: RecordButton) => {
    setPressed(button.key);
    try {
      await api.post(recordPath(meta.key, record.id, `buttons/${button.key}`), {}, { version: record.version });
      toast.success(t("done.button", { title: button.title }));
    } catch (error) {
      toast.error(line(error));
    } finally {
      setPressed("");
      onDone();
    }
  };
  return (buttons.data?.items ?? []).map((button) => (
    <Button key={button.key} title={button.help === "" ? undefined : button.help} busy={pressed === button.key} disabled={pressed !== ""} onClick={() => void press(button)}>
      {button.title}
    </Button>
  ));
}
