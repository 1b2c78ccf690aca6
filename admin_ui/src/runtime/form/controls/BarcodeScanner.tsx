import { BarcodeDetector, prepareZXingModule, type BarcodeFormat } from "barcode-detector/ponyfill";
import { useEffect, useEffectEvent, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import wasm from "../barcodeReader.ts";
import { Button } from "../../../ui/Button.tsx";

const FORMATS: Readonly<Record<string, BarcodeFormat>> = { qr: "qr_code", code128: "code_128", ean13: "ean_13" };
const PAUSE = 150;

// The reader comes from our own build, never from another host.
prepareZXingModule({ overrides: { locateFile: (path: string, prefix: string) => (path.endsWith(".wasm") ? wasm : prefix + path) } });

/** Why a camera did not start, by the name of the DOMException. */
function reasonOf(error: unknown): string {
  if (!window.isSecureContext) return "insecure";
  const name = error instanceof DOMException ? error.name : "";
  if (name === "NotAllowedError" || name === "SecurityError") return "refused";
  if (name === "NotFoundError" || name === "OverconstrainedError") return "missing";
  return name === "NotReadableError" ? "busy" : "failed";
}

/** The picture of the camera until a code is in it; or a picture that has one. */
export function BarcodeScanner({ symbology, onFound }: { symbology: string | null; onFound: (text: string) => void }) {
  const { t } = useTranslation("controls");
  const video = useRef<HTMLVideoElement>(null);
  const file = useRef<HTMLInputElement>(null);
  const [reason, setReason] = useState<string | null>(null);
  const [none, setNone] = useState(false);
  const found = useEffectEvent(onFound);
  const detector = useRef<BarcodeDetector | null>(null);
  const look = async (source: HTMLVideoElement | Blob) => {
    const wanted = symbology === null ? undefined : FORMATS[symbology];
    detector.current ??= new BarcodeDetector(wanted === undefined ? {} : { formats: [wanted] });
    return (await detector.current.detect(source))[0]?.rawValue ?? null;
  };
  const watch = useEffectEvent(async (isOver: () => boolean): Promise<MediaStream | null> => {
    if (navigator.mediaDevices?.getUserMedia === undefined) throw new DOMException("no camera", window.isSecureContext ? "NotFoundError" : "SecurityError");
    const stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" }, audio: false });
    const screen = video.current;
    if (isOver() || screen === null) return stream;
    screen.srcObject = stream;
    await screen.play();
    while (!isOver()) {
      const text = screen.readyState >= 2 ? await look(screen) : null;
      if (text !== null && !isOver()) {
        found(text);
        return stream;
      }
      await new Promise((resolve) => setTimeout(resolve, PAUSE));
    }
    return stream;
  });
  useEffect(() => {
    let over = false;
    const end = (stream: MediaStream | null) => stream?.getTracks().forEach((track) => track.stop());
    const screen = video.current;
    watch(() => over).then(end, (error: unknown) => {
      if (!over) setReason(reasonOf(error));
    });
    return () => {
      over = true;
      const shown = screen?.srcObject ?? null;
      if (shown !== null && "getTracks" in shown) end(shown);
    };
  }, []);
  const read = async (picture: File | undefined) => {
    if (picture === undefined) return;
    const text = await look(picture).catch(() => null);
    setNone(text === null);
    if (text !== null) onFound(text);
  };
  return (
    <div className="control-stack">
      {reason === null ? (
        <video ref={video} className="control-video" muted playsInline aria-label={t("barcode.camera")} />
      ) : (
        <div role="alert" className="control-camera-off">
          {t(`camera.${reason}`)}
        </div>
      )}
      <p className="fw-muted">{t("barcode.hint")}</p>
      <input ref={file} type="file" accept="image/*" className="fw-hidden" tabIndex={-1} aria-hidden="true" onChange={(event) => void read(event.target.files?.[0])} />
      <div>
        <Button icon="file" onClick={() => file.current?.click()}>
          {t("barcode.from_picture")}
        </Button>
      </div>
      {none && <div className="fw-field-error">{t("barcode.none")}</div>}
    </div>
  );
}
