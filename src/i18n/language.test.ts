import { describe, expect, it } from 'vitest';
import { languageOf } from './language';

describe('languageOf', () => {
  it.each([
    [[], 'en'],
    [['de-CH', 'fr'], 'en'],
    [['de', 'zh-CN', 'en'], 'zh-Hans'],
    [['en-GB', 'zh-TW'], 'en'],
    [['zh'], 'zh-Hans'],
    [['zh-SG'], 'zh-Hans'],
    [['zh-TW'], 'zh-Hant'],
    [['zh-HK'], 'zh-Hant'],
    [['zh_MO'], 'zh-Hant'],
    [['zh-Hant-CN'], 'zh-Hant'],
    [['zh-Hans-TW'], 'zh-Hans'],
    [['zh-hant'], 'zh-Hant'],
    [['yue-HK'], 'zh-Hant'],
  ])('%j is %s', (tags, language) => {
    expect(languageOf(tags)).toBe(language);
  });
});
