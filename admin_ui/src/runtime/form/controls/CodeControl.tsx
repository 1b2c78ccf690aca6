import { useTranslation } from "react-i18next";
import { bareCode } from "../../../core/form/kinds/codes.ts";
import { kindOf } from "../../../core/form/kinds/index.ts";
import type { ControlProps } from "./control.ts";
import { ShapedText } from "./ShapedText.tsx";

const LENGTH = 18;

/** A code of 18 signs that proves itself while it is typed: identity cards and credit codes. */
export function CodeControl(props: ControlProps) {
  const { t } = useTranslation("controls");
  const { meta } = props;
  const proves = meta.type === "credit_code" || (!meta.kind_field && (meta.kind ?? "id_card") === "id_card");
  const hint = (text: string) => {
    const bare = bareCode(text);
    if (!proves || bare === "") return null;
    if (bare.length !== LENGTH) return t("code.count", { count: bare.length, of: LENGTH });
    return t((kindOf(meta.type)?.check?.(bare, meta) ?? []).length === 0 ? "code.good" : "code.bad");
  };
  return <ShapedText props={props} hint={hint} maxLength={24} />;
}
