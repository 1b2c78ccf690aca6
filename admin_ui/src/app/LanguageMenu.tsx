import { useTranslation } from "react-i18next";
import { Menu } from "../ui/Menu.tsx";
import { LANGUAGES, isLanguage, switchLanguage } from "./i18n.ts";

/** The choice of a language on pages for which nobody is signed in. */
export function LanguageMenu() {
  const { t, i18n } = useTranslation("app");
  const languages = Object.entries(LANGUAGES).map(([key, label]) => ({
    key,
    label,
    checked: i18n.language === key,
    onSelect: () => void (isLanguage(key) && switchLanguage(key)),
  }));
  return <Menu label={t("language")} icon="language" iconOnly entries={languages} />;
}
