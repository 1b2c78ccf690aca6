import { useTranslation } from "react-i18next";
import { safeLink } from "../../../core/form/kinds/contacts.ts";
import { Icon } from "../../../ui/Icon.tsx";
import type { ControlProps } from "./control.ts";
import { ShapedText } from "./ShapedText.tsx";

/** An address of the web, with a link to try it. */
export function UrlControl(props: ControlProps) {
  const { t } = useTranslation("controls");
  const href = typeof props.value === "string" ? safeLink(props.value) : null;
  const link = href !== null && !props.inCell && (
    <a className="fw-button fw-button-secondary fw-icon-button" href={href} target="_blank" rel="noopener noreferrer" aria-label={t("url.open")} title={t("url.open")}>
      <Icon name="link" size={16} />
    </a>
  );
  return <ShapedText props={props} inputMode="url" placeholder="https://" tail={link} />;
}
