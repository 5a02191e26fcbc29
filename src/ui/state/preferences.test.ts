import { describe, expect, it } from 'vitest';
import { keepPreferences, preferences, readPreferences } from './preferences';

describe('preferences', () => {
  it.each([
    [null, {}],
    ['no json', {}],
    [
      '{"theme":"dark","sideShare":0.5,"dockPx":200}',
      { theme: 'dark', sideShare: 0.5, dockPx: 200 },
    ],
    ['{"theme":"pink","sideShare":9,"dockPx":1}', { sideShare: 0.6, dockPx: 96 }],
    ['{"theme":"system","sideShare":"wide"}', {}],
    ['{"language":"zh-Hant"}', { language: 'zh-Hant' }],
    ['{"language":"fr"}', {}],
    ['{"podsAs":"counts"}', { podsAs: 'counts' }],
    ['{"podsAs":"heaps"}', {}],
  ])('%s gives %j', (text, read) => {
    expect(readPreferences(text)).toEqual(read);
  });

  it('are kept when they change', () => {
    const entries: Record<string, string> = {};
    keepPreferences({
      getItem: () => '{"theme":"dark"}',
      setItem: (key, value) => void (entries[key] = value),
    });
    preferences.setState({ dockPx: 300, welcomed: false });
    expect(JSON.parse(entries['kubarium.preferences']!)).toEqual({
      theme: 'dark',
      language: 'browser',
      sideShare: 0.38,
      dockPx: 300,
      podsAs: 'auto',
      welcomed: false,
    });
  });
});
