// How this person likes the page: theme and sizes, kept in the browser.
import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import { LANGUAGES } from '../../i18n/language';
import type { Language } from '../../i18n/language';
import type { TextStorage } from './editor-store';

export type Theme = 'system' | 'light' | 'dark';

export interface Preferences {
  theme: Theme;
  language: Language | 'browser';
  /** Width of the right column as a share of the window. */
  sideShare: number;
  /** Height of the dock in pixels. */
  dockPx: number;
  /** How a timeline shows pods; 'auto' counts them where there are too many for lanes. */
  podsAs: 'auto' | 'lanes' | 'counts';
  /** Whether the welcome has been seen. */
  welcomed: boolean;
}

const KEY = 'kubarium.preferences';
const defaults: Preferences = {
  theme: 'system',
  language: 'browser',
  sideShare: 0.38,
  dockPx: 224,
  podsAs: 'auto',
  welcomed: false,
};

export const preferences = createStore<Preferences>()(() => defaults);

/** Selects from the preferences. */
export function usePreferences<T>(selector: (state: Preferences) => T): T {
  return useStore(preferences, selector);
}

/** Reads what is kept and keeps every change. */
export function keepPreferences(storage: TextStorage | undefined): void {
  if (!storage) return;
  preferences.setState(readPreferences(storage.getItem(KEY)));
  preferences.subscribe((state) => {
    try {
      storage.setItem(KEY, JSON.stringify(state));
    } catch {
      // The storage is full or forbidden: the choice lasts as long as the page.
    }
  });
}

/** Preferences from their text; what is missing or out of range is left out. */
export function readPreferences(text: string | null): Partial<Preferences> {
  try {
    const kept = JSON.parse(text ?? '{}') as Partial<Preferences>;
    const { theme, language, sideShare, dockPx, podsAs } = kept;
    const read: Partial<Preferences> = {};
    if (theme === 'light' || theme === 'dark') read.theme = theme;
    if (LANGUAGES.some((one) => one === language)) read.language = language;
    if (typeof sideShare === 'number') read.sideShare = Math.min(0.6, Math.max(0.2, sideShare));
    if (typeof dockPx === 'number') read.dockPx = Math.min(600, Math.max(96, dockPx));
    if (podsAs === 'lanes' || podsAs === 'counts') read.podsAs = podsAs;
    if (kept.welcomed === true) read.welcomed = true;
    return read;
  } catch {
    return {};
  }
}

/** Puts the theme on the page; 'system' leaves it to the browser. */
export function showTheme(theme: Theme): void {
  const { dataset } = document.documentElement;
  if (theme === 'system') delete dataset['theme'];
  else dataset['theme'] = theme;
}
