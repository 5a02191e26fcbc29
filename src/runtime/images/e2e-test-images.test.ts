import { expect, test } from 'vitest';
import { isPublished } from '../image-tags';
import { findImage } from '.';

test.each([
  ['httpd', '2.4.38-4', [80]],
  ['httpd', '2.4.39-4', [80]],
  ['nginx', '1.14-4', [80]],
  ['busybox', '1.37.0-1', []],
  ['redis', '5.0.5-3', [6379]],
  ['nautilus', '1.8', [80]],
])('%s:%s is there and listens on %j', (name, tag, ports) => {
  const image = findImage('registry.k8s.io/e2e-test-images/' + name)!;
  expect(isPublished(image.tags, tag)).toBe(true);
  expect(image.process.ports).toEqual(ports);
});

test('a version that was never built is not there', () => {
  const { tags } = findImage('registry.k8s.io/e2e-test-images/httpd')!;
  expect(isPublished(tags, '404')).toBe(false);
});
