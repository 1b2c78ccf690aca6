import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "../../ui/Button.tsx";
import { Dialog } from "../../ui/Dialog.tsx";
import { Notice } from "../../ui/States.tsx";
import { TextInput } from "../../ui/TextInput.tsx";
import { BarcodePicture } from "../form/BarcodePicture.tsx";
import { addressOfLink, type PublicLink } from "./links.ts";

/** The address of a new link and its QR code: the only time that they are told. */
export function LinkDialog({ link, onClose }: { link: PublicLink; onClose: () => void }) {
  const { t } = useTranslation("public");
  const [copied, setCopied] = useState(false);
  const address = addressOfLink(link.token ?? "");
  const copy = () => {
    // Plain-http intranet pages have no clipboard; the address can be selected all the same.
    void navigator.clipboard?.writeText(address).then(() => setCopied(true), () => undefined);
  };
  return (
    <Dialog
      title={link.title}
      onClose={onClose}
      data-testid="link-dialog"
      footer={
        <>
          <Button icon="copy" onClick={copy}>
            {t(copied ? "copied" : "copy")}
          </Button>
          <Button variant="primary" onClick={onClose}>
            {t("noted")}
          </Button>
        </>
      }
    >
      <div className="fw-stack">
        <Notice tone="amber">{t("told_once")}</Notice>
        <TextInput aria-label={t("address")} readOnly value={address} onChange={() => undefined} onFocus={(event) => event.target.select()} />
        <div className="public-code">
          <BarcodePicture text={address} symbology="qr" />
        </div>
      </div>
    </Dialog>
  );
}
