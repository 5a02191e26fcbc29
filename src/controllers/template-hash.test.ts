import { expect, test } from 'vitest';
import { encodeHash, sameTemplate, templateHash } from './template-hash';

const template = { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'a' }] } };

test('digits become letters that cannot form words', () => {
  expect(encodeHash(1234567890)).toBe('56789bcdf4');
});

test('the order of fields does not count, values and collisions do', () => {
  const turned = { spec: { containers: [{ name: 'a' }] }, metadata: { labels: { app: 'web' } } };
  const other = { ...template, spec: { containers: [{ name: 'b' }] } };
  const hash = templateHash(template, undefined);
  expect(hash).toMatch(/^[bcdf456789]{8,10}$/);
  expect(templateHash(turned, undefined)).toBe(hash);
  expect(templateHash(other, undefined)).not.toBe(hash);
  expect(templateHash(template, 1)).not.toBe(hash);
  expect(templateHash(template, 2)).not.toBe(templateHash(template, 1));
});

test('templates are the same but for their hash label', () => {
  const labels = { app: 'web', 'pod-template-hash': 'x' };
  expect(sameTemplate(template, { ...template, metadata: { labels } })).toBe(true);
  expect(sameTemplate(template, { ...template, metadata: { labels: { app: 'db' } } })).toBe(false);
});
