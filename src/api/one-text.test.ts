import { expect, it } from 'vitest';
import { oneText } from './one-text';

it.each([
  [[], ''],
  [['web'], 'web'],
  [['web', '.', '', '1886'], 'web.1886'],
])('%j is put together as %j', (parts, text) => expect(oneText(...parts)).toBe(text));
