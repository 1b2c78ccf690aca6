import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { pathOf } from "../api/menu.ts";
import { useMenu, useSession } from "../api/queries.ts";
import { useDisplayEntries, useLanguageEntries, usePersonEntries } from "./personal.ts";
import { useCreatable } from "./useCreatable.ts";

export interface Command {
  key: string;
  label: ReactNode;
  hint: ReactNode;
  icon: string;
  /** What it stands under. */
  group?: string;
  to?: string;
  run?: () => void;
}

/** Everything that the palette offers: places, new records, settings. */
export function useCommands(): Command[] {
  const { t } = useTranslation("app");
  const menu = useMenu();
  const session = useSession();
  const creatable = useCreatable(true);
  const settings = [...useLanguageEntries(), ...useDisplayEntries(), ...usePersonEntries()];
  const places: Command[] = [
    { key: "home", label: t("home"), hint: "", icon: "home", to: "/" },
    { key: "inbox", label: t("inbox"), hint: "", icon: "inbox", to: "/inbox" },
  ];
  for (const module of menu.data?.modules ?? []) {
    for (const item of module.items) {
      const to = pathOf(module.name, item);
      places.push({ key: to, label: item.title, hint: module.title, icon: module.icon ?? "table", to });
    }
  }
  if (session.data?.person.is_admin === true) {
    places.push({ key: "designer", label: t("designer"), hint: t("rail.admin"), icon: "design", to: "/designer" });
  }
  const fresh = creatable.map((entity) => ({
    key: `new ${entity.key}`,
    label: t("palette.new", { title: entity.title }),
    hint: "",
    icon: "plus",
    to: `/r/${entity.key}/new`,
  }));
  const commands = settings.map((entry) => ({
    key: `set ${entry.key}`,
    label: entry.label,
    hint: t("palette.setting"),
    icon: entry.icon ?? "sun",
    run: entry.onSelect,
  }));
  return [...places, ...fresh, ...commands];
}
