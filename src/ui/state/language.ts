// The language of the page: of its address, else as the person chose, else as the browser asks.
import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import { catalog, speak } from '../../i18n/catalog';
import type { Catalog } from '../../i18n/catalog';
import { LANGUAGES, languageOf } from '../../i18n/language';
import type { Language } from '../../i18n/language';
import { preferences } from './preferences';

/** What is on the page is in this language; null before anything is. */
const languageStore = createStore<{ language: Language | null }>()(() => ({ language: null }));

/** The language that the page speaks; its words are already in the catalog. */
export function useLanguage(): Language | null {
  return useStore(languageStore, ({ language }) => language);
}

/** The language that an address asks for: '?lang=zh-Hant'. */
export function languageOfAddress(search: string): Language | null {
  const asked = new URLSearchParams(search).get('lang');
  if (asked === null) return null;
  return LANGUAGES.find((language) => language === asked) ?? languageOf([asked]);
}

/** Speaks the language that this visit asks for; resolves once its words are there. */
export async function openLanguage(search: string): Promise<void> {
  const kept = preferences.getState().language;
  await changeLanguage(
    languageOfAddress(search) ?? (kept === 'browser' ? languageOf(navigator.languages) : kept),
  );
}

/** The person chose: kept for later visits. 'browser' goes back to what the browser asks for. */
export async function chooseLanguage(choice: Language | 'browser'): Promise<void> {
  preferences.setState({ language: choice });
  await changeLanguage(choice === 'browser' ? languageOf(navigator.languages) : choice);
}

/** Names one after the other. */
export function listed(names: readonly string[]): string {
  return names.join(catalog.guide.page.comma);
}

/** A time of the API (RFC 3339) as people write it, in UTC as there. */
export function dateText(time: string): string {
  const { language } = languageStore.getState();
  const format = new Intl.DateTimeFormat(language ?? 'en', {
    dateStyle: 'medium',
    timeStyle: 'medium',
    hourCycle: 'h23',
    timeZone: 'UTC',
  });
  const atMs = Date.parse(time);
  return Number.isNaN(atMs) ? time : `${format.format(atMs)} UTC`;
}

async function changeLanguage(language: Language): Promise<void> {
  // English is spoken from the start.
  if (language !== 'en' || languageStore.getState().language !== null) {
    speak(await chineseWords(language));
  }
  document.documentElement.lang = language;
  const { title, about } = catalog.guide.page;
  document.title = title;
  document.querySelector('meta[name=description]')?.setAttribute('content', about);
  languageStore.setState({ language });
}

/** The Chinese words, fetched when they are first asked for; none for English. */
async function chineseWords(language: Language): Promise<Catalog | undefined> {
  switch (language) {
    case 'zh-Hant':
      return (await import('../../i18n/zh-hant/traditional')).traditional;
    case 'zh-Hans':
      return (await import('../../i18n/zh-hans/simplified')).simplified;
    case 'en':
      return undefined;
  }
}
