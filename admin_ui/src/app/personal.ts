import { useQueryClient } from "@tanstack/react-query";
import { useSyncExternalStore } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../api/client.ts";
import { setSignInPrompt } from "../api/session-guard.ts";
import type { MenuEntry } from "../ui/Menu.tsx";
import { useProblemLine } from "../ui/problemText.ts";
import { toast } from "../ui/toasts.ts";
import { isLanguage, LANGUAGES, switchLanguage } from "./i18n.ts";
import { preferenceStore, setPreferences, type Density, type Theme } from "./preferences.ts";

/** Languages as commands. Titles and sentences of the server are fetched anew; nothing reloads, nothing typed is lost. */
export function useLanguageEntries(): MenuEntry[] {
  const { i18n } = useTranslation();
  const client = useQueryClient();
  const choose = async (language: string) => {
    if (!isLanguage(language)) return;
    await switchLanguage(language);
    await client.invalidateQueries();
    // Remembered for this person too; on this device it is remembered anyway.
    await api.patch("/session", { language }).catch(() => undefined);
  };
  return Object.entries(LANGUAGES).map(([key, label]) => ({
    key,
    label,
    checked: i18n.language === key,
    onSelect: () => void choose(key),
  }));
}

const THEMES: readonly Theme[] = ["system", "light", "dark"];
const DENSITIES: readonly Density[] = ["normal", "compact"];

/** Theme and row height. */
export function useDisplayEntries(): MenuEntry[] {
  const { t } = useTranslation("app");
  const now = useSyncExternalStore(preferenceStore.subscribe, preferenceStore.current);
  const themes = THEMES.map((theme) => ({
    key: theme,
    label: t(`display.${theme}`),
    checked: now.theme === theme,
    onSelect: () => setPreferences({ theme }),
  }));
  const densities = DENSITIES.map((density) => ({
    key: density,
    label: t(`display.${density}`),
    checked: now.density === density,
    onSelect: () => setPreferences({ density }),
  }));
  return [...themes, ...densities];
}

export function usePersonEntries(): MenuEntry[] {
  const { t } = useTranslation("app");
  const line = useProblemLine();
  const leave = async () => {
    try {
      setSignInPrompt(null);
      await api.delete("/session");
      // A real page load: nothing of this person stays in memory for the next one.
      window.location.assign("/sign-in");
    } catch (error) {
      toast.error(line(error));
    }
  };
  return [{ key: "sign-out", label: t("sign_out"), icon: "return", onSelect: () => void leave() }];
}
