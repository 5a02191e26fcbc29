// The languages of the page, and how one is chosen from what a browser asks for.
export const LANGUAGES = ['en', 'zh-Hant', 'zh-Hans'] as const;
export type Language = (typeof LANGUAGES)[number];

/** Each by its own name, whatever the language of the page. */
export const LANGUAGE_NAMES: Record<Language, string> = {
  en: 'English',
  'zh-Hant': '繁體中文',
  'zh-Hans': '简体中文',
};

/** Each where there is room for a sign only. */
export const LANGUAGE_SIGNS: Record<Language, string> = {
  en: 'EN',
  'zh-Hant': '繁',
  'zh-Hans': '简',
};

/** Where Chinese is written in traditional characters, unless the tag says otherwise. */
const TRADITIONAL = new Set(['tw', 'hk', 'mo']);

/** The first of the tags (BCP 47, the one liked best first) that the page speaks; else English. */
export function languageOf(tags: readonly string[]): Language {
  for (const tag of tags) {
    const [first, ...rest] = tag.toLowerCase().split(/[-_]/);
    if (first === 'en') return 'en';
    if (first !== 'zh' && first !== 'yue') continue;
    if (rest.includes('hant')) return 'zh-Hant';
    if (rest.includes('hans')) return 'zh-Hans';
    const isTraditional = first === 'yue' || rest.some((part) => TRADITIONAL.has(part));
    return isTraditional ? 'zh-Hant' : 'zh-Hans';
  }
  return 'en';
}
