import { describe, expect, it } from 'vitest';
import { arrivalOf, lateWordsProblems } from './late-words';
import { sourceFile } from './source-file';

const files = {
  'src/ui/main.tsx': `import { App } from './App';\nimport './main.css';`,
  'src/ui/App.tsx': `import { lazy } from 'react';\nconst View = lazy(() => import('./View'));`,
  'src/ui/View.tsx': `import { view } from '../i18n/en/view';`,
  'src/ui/main.css': '',
  'src/i18n/en/first.ts': `import { page } from './page';`,
  'src/i18n/en/page.ts': `import { counted } from './counted';`,
  'src/i18n/en/counted.ts': 'export const counted = String;',
  'src/i18n/en/view.ts': `export const view = { title: 'View' };`,
};

function problems(changed: Record<string, string> = {}): string[] {
  const all = Object.entries({ ...files, ...changed });
  return lateWordsProblems(all.map(([path, text]) => arrivalOf(sourceFile(path, text))));
}

describe('the rule on late words', () => {
  it('lets what is loaded later have its words, and the first picture its own', () => {
    expect(problems()).toEqual([]);
    expect(problems({ 'src/ui/App.tsx': `import { first } from '../i18n/en/first';` })).toEqual([]);
    expect(problems({ 'src/ui/App.tsx': `import type { V } from '../i18n/en/view';` })).toEqual([]);
  });

  it('catches late words in the first picture, however they get there', () => {
    const message =
      'src/i18n/en/view.ts comes with the first picture, by src/ui/main.tsx → src/ui/App.tsx → ' +
      'src/ui/View.tsx: load what shows it later, or list it in src/i18n/en/first.ts';
    expect(problems({ 'src/ui/App.tsx': `import { View } from './View';` })).toEqual([message]);
    expect(problems({ 'src/ui/App.tsx': `export { View } from './View';` })).toEqual([message]);
  });

  it('catches another language in the first picture', () => {
    const chinese = {
      'src/ui/App.tsx': `import { page } from '../i18n/zh-hant/page';`,
      'src/i18n/zh-hant/page.ts': 'export const page = {};',
    };
    expect(problems(chinese)).toHaveLength(1);
  });
});
