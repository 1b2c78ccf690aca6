import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { fileAddress, uploadFile } from "../../../api/upload.ts";
import { Button } from "../../../ui/Button.tsx";
import { Dialog } from "../../../ui/Dialog.tsx";
import { useProblemLine } from "../../../ui/problemText.ts";
import type { ControlProps } from "./control.ts";
import { filesOf } from "./files.ts";
import "./captured.css";

const Pad = lazy(() => import("./SignaturePad.tsx").then((module) => ({ default: module.SignaturePad })));

/** A signature, drawn with a finger, a mouse or a pen (or written by the keyboard), kept as a picture. */
export function SignatureControl({ meta, value, ids, inCell, asker, onChange, onBlur }: ControlProps) {
  const { t } = useTranslation("controls");
  const line = useProblemLine();
  const [open, setOpen] = useState(false);
  const [failed, setFailed] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const file = filesOf(value)[0];
  const title = ids["aria-label"] ?? meta.title;
  const keep = async (picture: Blob) => {
    setBusy(true);
    setFailed(null);
    try {
      const [module = "", entity = "", ...path] = asker.split(".");
      const stored = await uploadFile(new File([picture], `${t("signature.file")}.png`, { type: "image/png" }), { entity: `${module}.${entity}`, field: path.join(".") });
      onChange([{ ...stored }]);
      setOpen(false);
      onBlur();
    } catch (error) {
      setFailed(line(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <div className="control-signature">
      {file !== undefined && <img src={fileAddress(file.id)} alt={t("signature.of", { title: meta.title })} className="control-signed" />}
      <span className="fw-row">
        <Button {...ids} icon="edit" size={inCell ? "s" : "m"} aria-label={`${t(file === undefined ? "signature.sign" : "signature.again")} ${title}`} onClick={() => setOpen(true)}>
          {t(file === undefined ? "signature.sign" : "signature.again")}
        </Button>
        {file !== undefined && (
          <Button variant="ghost" icon="trash" size={inCell ? "s" : "m"} onClick={() => onChange(null)}>
            {t("signature.remove")}
          </Button>
        )}
      </span>
      {open && (
        <Dialog title={t("signature.of", { title: meta.title })} size="m" onClose={() => setOpen(false)}>
          <Suspense fallback={<output className="control-pad-frame">{t("loading")}</output>}>
            <Pad busy={busy} onKeep={(picture) => void keep(picture)} />
          </Suspense>
          {failed !== null && <div className="fw-field-error">{failed}</div>}
        </Dialog>
      )}
    </div>
  );
}
