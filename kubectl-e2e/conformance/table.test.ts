// docs/conformance.md names every file that plays conformance tests, and no other.
import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

test('the table of conformance tests names the files that play them', () => {
  const table = readFileSync(new URL('../../docs/conformance.md', import.meta.url), 'utf8');
  const named = new Set([...table.matchAll(/\| `([\w-]+)` \| holds \|/g)].map(([, name]) => name));
  const files = readdirSync(new URL('.', import.meta.url))
    .filter((file) => file.endsWith('.test.ts') && file !== 'table.test.ts')
    .map((file) => file.slice(0, -'.test.ts'.length));
  expect([...named].sort()).toEqual(files.sort());
});
