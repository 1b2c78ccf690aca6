import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "../../../ui/Button.tsx";
import { Checkbox } from "../../../ui/Checkbox.tsx";
import { Files } from "./AttachmentControl.tsx";
import type { ControlProps } from "./control.ts";
import { useUploads } from "./useUploads.ts";

const STAMPED = "formwork.photo_stamp";

/** Pictures: uploaded, or taken by the camera of a phone; what is taken can carry its time and place. */
export function ImageControl(props: ControlProps) {
  const { meta, ids, inCell } = props;
  const { t } = useTranslation("form");
  const uploads = useUploads(props);
  const camera = useRef<HTMLInputElement>(null);
  const [stamp, setStamp] = useState(() => localStorage.getItem(STAMPED) === "1");
  const take = async (photo: File | undefined) => {
    if (photo === undefined) return;
    if (!stamp) return uploads.add([photo]);
    const { stamped } = await import("../photoStamp.ts");
    uploads.add([await stamped(photo, (metres) => t("files.accuracy", { metres }))]);
  };
  return (
    <Files {...props} uploads={uploads} pictures>
      {!inCell && (
        <>
          <input
            ref={camera}
            type="file"
            accept="image/*"
            capture="environment"
            className="fw-hidden"
            tabIndex={-1}
            aria-hidden="true"
            onChange={(event) => {
              void take(event.target.files?.[0]);
              event.target.value = "";
            }}
          />
          <Button icon="camera" aria-label={`${t("files.take")} ${ids["aria-label"] ?? meta.title}`} onClick={() => camera.current?.click()}>
            {t("files.take")}
          </Button>
          <Checkbox
            label={t("files.stamp")}
            checked={stamp}
            onChange={(on) => {
              setStamp(on);
              localStorage.setItem(STAMPED, on ? "1" : "0");
            }}
          />
        </>
      )}
    </Files>
  );
}
