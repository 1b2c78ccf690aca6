import { createInstance, type i18n } from "i18next";
import { initReactI18next } from "react-i18next";
import { setRequestLanguage } from "../api/envelope.ts";

export const LANGUAGES = { "zh-CN": "简体中文", en: "English" } as const;
export type Language = keyof typeof LANGUAGES;

const STORED = "formwork.language";
const LOADERS = {
  "zh-CN": () => import("./locales/zh-CN.ts"),
  en: () => import("./locales/en.ts"),
} as const;

/** Texts that no form needs, so that the first one need not wait for them. */
const LATE_LOADERS = {
  "zh-CN": () => import("./locales/zh-CN.late.ts"),
  en: () => import("./locales/en.late.ts"),
} as const;

const instance = createInstance();
let late: Promise<void> = Promise.resolve();

export function isLanguage(value: unknown): value is Language {
  return typeof value === "string" && value in LANGUAGES;
}

/** The remembered language, else the browser's, else Chinese. */
export function firstLanguage(): Language {
  const stored = localStorage.getItem(STORED);
  if (isLanguage(stored)) return stored;
  return /^zh|^$/i.test(navigator.language) ? "zh-CN" : "en";
}

async function load(language: Language): Promise<void> {
  if (instance.hasResourceBundle(language, "ui")) return;
  add(language, (await LOADERS[language]()).default);
  late = LATE_LOADERS[language]().then((files) => add(language, files.default));
}

function add(language: Language, files: Readonly<Record<string, Record<string, unknown>>>): void {
  for (const [path, texts] of Object.entries(files)) {
    const namespace = path.slice(path.lastIndexOf("/") + 1, -".json".length);
    instance.addResourceBundle(language, namespace, texts);
  }
}

/** Resolves when all texts of the language are there; pages that need the late ones wait for it. */
export function lateTexts(): Promise<void> {
  return late;
}

/** Switches everything that is drawn, and the language of following requests, without a reload. */
export async function switchLanguage(language: Language): Promise<void> {
  await load(language);
  localStorage.setItem(STORED, language);
  document.documentElement.lang = language;
  setRequestLanguage(language);
  await instance.changeLanguage(language);
}

export async function startI18n(language: Language): Promise<i18n> {
  await instance.use(initReactI18next).init({
    lng: language,
    resources: {},
    defaultNS: "ui",
    fallbackLng: false,
    interpolation: { escapeValue: false },
    // What comes late is drawn as soon as it is there.
    react: { useSuspense: false, bindI18nStore: "added" },
  });
  await switchLanguage(language);
  return instance;
}
