import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { IconButton } from "../../../ui/Button.tsx";
import { Dialog } from "../../../ui/Dialog.tsx";
import type { ControlProps } from "./control.ts";
import { ShapedText } from "./ShapedText.tsx";
import "./captured.css";

const Scanner = lazy(() => import("./BarcodeScanner.tsx").then((module) => ({ default: module.BarcodeScanner })));
const BarcodePicture = lazy(() => import("../BarcodePicture.tsx").then((module) => ({ default: module.BarcodePicture })));

/** A code, scanned by the camera, read by a scanner that types, or typed; drawn below. */
export function BarcodeControl(props: ControlProps) {
  const { meta, value, ids, inCell, onChange, onBlur } = props;
  const { t } = useTranslation("controls");
  const [open, setOpen] = useState(false);
  const text = typeof value === "string" ? value : "";
  const title = ids["aria-label"] ?? meta.title;
  return (
    <div className="control-stack">
      <ShapedText props={props} tail={<IconButton icon="scan" variant="secondary" size={inCell ? "s" : "m"} label={t("barcode.scan", { title })} onClick={() => setOpen(true)} />} />
      {text !== "" && !inCell && (
        <Suspense fallback={null}>
          <BarcodePicture text={text} symbology={meta.symbology ?? "qr"} />
        </Suspense>
      )}
      {open && (
        <Dialog title={t("barcode.scan", { title: meta.title })} onClose={() => setOpen(false)}>
          <Suspense fallback={<output className="control-pad-frame">{t("loading")}</output>}>
            <Scanner
              symbology={meta.symbology ?? null}
              onFound={(found) => {
                onChange(found);
                setOpen(false);
                onBlur();
              }}
            />
          </Suspense>
        </Dialog>
      )}
    </div>
  );
}
