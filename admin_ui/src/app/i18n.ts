import { createInstance, type i18n } from "i18next";
import { initReactI18next } from "react-i18next";
import { setRequestLanguage } from "../api/envelope.ts";
import { setTextLoader } from "../ui/lateTexts.ts";

export const LANGUAGES = { "zh-CN": "简体中文", en: "English" } as const;
export type Language = keyof typeof LANGUAGES;

const STORED = "formwork.language";
const LOADERS = {
  "zh-CN": { first: () => import("./locales/zh-CN.ts"), pages: () => import("./locales/zh-CN.pages.ts"), controls: () => import("./locales/zh-CN.controls.ts") },
  en: { first: () => import("./locales/en.ts"), pages: () => import("./locales/en.pages.ts"), controls: () => import("./locales/en.controls.ts") },
} as const;

type Part = keyof (typeof LOADERS)["en"];

const instance = createInstance();
/** Parts of the texts that were asked for: another language needs them too. */
const wanted = new Set<Part>(["first"]);
const loaded = new Set<string>();

export function isLanguage(value: unknown): value is Language {
  return typeof value === "string" && value in LANGUAGES;
}

/** The remembered language, else the browser's, else Chinese. */
export function firstLanguage(): Language {
  const stored = localStorage.getItem(STORED);
  if (isLanguage(stored)) return stored;
  return /^zh|^$/i.test(navigator.language) ? "zh-CN" : "en";
}

async function load(language: Language, part: Part): Promise<void> {
  if (loaded.has(`${language} ${part}`)) return;
  const { default: files } = await LOADERS[language][part]();
  for (const [path, texts] of Object.entries(files)) {
    const namespace = path.slice(path.lastIndexOf("/") + 1, -".json".length);
    instance.addResourceBundle(language, namespace, texts);
  }
  loaded.add(`${language} ${part}`);
}

/** Switches everything that is drawn, and the language of following requests, without a reload. */
export async function switchLanguage(language: Language): Promise<void> {
  await Promise.all([...wanted].map((part) => load(language, part)));
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
    react: { useSuspense: false },
  });
  await switchLanguage(language);
  setTextLoader((part) => {
    wanted.add(part);
    return load(isLanguage(instance.language) ? instance.language : language, part);
  });
  return instance;
}
