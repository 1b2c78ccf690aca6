import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import Signature from "signature_pad";
import { Button } from "../../../ui/Button.tsx";
import { Field } from "../../../ui/Field.tsx";
import { TextInput } from "../../../ui/TextInput.tsx";

/** Ink on paper in both themes: the picture is looked at on paper too. */
const INK = "#12233f";
const PAPER = "#ffffff";

function fit(canvas: HTMLCanvasElement): void {
  const ratio = Math.max(window.devicePixelRatio || 1, 1);
  canvas.width = canvas.offsetWidth * ratio;
  canvas.height = canvas.offsetHeight * ratio;
  canvas.getContext("2d")?.scale(ratio, ratio);
}

/** Who cannot draw writes the name; it is drawn in their stead. */
function write(canvas: HTMLCanvasElement, name: string): void {
  const context = canvas.getContext("2d");
  if (context === null) return;
  const [width, height] = [canvas.offsetWidth, canvas.offsetHeight];
  context.fillStyle = INK;
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.font = `italic ${Math.min(height * 0.5, (width * 0.9) / Math.max(2, name.length))}px "Kaiti SC", KaiTi, STKaiti, cursive, serif`;
  context.fillText(name, width / 2, height / 2, width * 0.9);
}

export function SignaturePad({ busy, onKeep }: { busy: boolean; onKeep: (picture: Blob) => void }) {
  const { t } = useTranslation("controls");
  const canvas = useRef<HTMLCanvasElement>(null);
  const pad = useRef<Signature | null>(null);
  const [strokes, setStrokes] = useState(0);
  const [name, setName] = useState("");
  useEffect(() => {
    const element = canvas.current;
    if (element === null) return undefined;
    fit(element);
    const made = new Signature(element, { penColor: INK, backgroundColor: PAPER, minWidth: 0.8, maxWidth: 2.8 });
    pad.current = made;
    made.addEventListener("endStroke", () => setStrokes(made.toData().length));
    // A phone that is turned gets a new canvas size: what was drawn stays.
    const again = () => {
      const drawn = made.toData();
      fit(element);
      made.fromData(drawn);
    };
    window.addEventListener("resize", again);
    return () => {
      window.removeEventListener("resize", again);
      made.off();
    };
  }, []);
  const redraw = (groups: ReturnType<Signature["toData"]>, written: string) => {
    pad.current?.fromData(groups);
    setStrokes(groups.length);
    if (written !== "" && canvas.current !== null) write(canvas.current, written);
  };
  const blank = strokes === 0 && name.trim() === "";
  return (
    <div className="control-stack">
      <div className="control-pad-frame">
        <canvas ref={canvas} className="control-pad" aria-label={t("signature.pad")} role="img" />
        {blank && <span className="control-pad-hint">{t("signature.hint")}</span>}
      </div>
      <Field label={t("signature.typed")} help={t("signature.typed_help")}>
        {(ids) => (
          <TextInput
            {...ids}
            value={name}
            maxLength={20}
            onChange={(text) => {
              setName(text);
              redraw([], text.trim());
            }}
          />
        )}
      </Field>
      <div className="fw-row fw-row-wrap">
        <Button icon="return" disabled={strokes === 0} onClick={() => redraw(pad.current?.toData().slice(0, -1) ?? [], "")}>
          {t("signature.undo")}
        </Button>
        <Button
          icon="trash"
          disabled={blank}
          onClick={() => {
            setName("");
            redraw([], "");
          }}
        >
          {t("signature.clear")}
        </Button>
        <span className="fw-grow" />
        <Button variant="primary" icon="check" busy={busy} disabled={blank} onClick={() => canvas.current?.toBlob((picture) => picture !== null && onKeep(picture), "image/png")}>
          {t("signature.use")}
        </Button>
      </div>
    </div>
  );
}
