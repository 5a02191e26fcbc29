import { expect, test } from 'vitest';
import { canonicalImage, canonicalName, parseImage } from './image-reference';

const DIGEST = 'sha256:' + 'a'.repeat(64);

test.each([
  ['nginx', 'docker.io/library/nginx:latest'],
  ['nginx:1.27', 'docker.io/library/nginx:1.27'],
  ['traefik/whoami:v1', 'docker.io/traefik/whoami:v1'],
  ['registry.k8s.io/pause:3.10', 'registry.k8s.io/pause:3.10'],
  ['localhost/app', 'localhost/app:latest'],
  ['localhost:5000/app:2', 'localhost:5000/app:2'],
  [`nginx@${DIGEST}`, `docker.io/library/nginx@${DIGEST}`],
  [`nginx:1.27@${DIGEST}`, `docker.io/library/nginx@${DIGEST}`],
])('%s is %s', (text, whole) => {
  expect(canonicalImage(parseImage(text))).toBe(whole);
});

const UPPERCASE = 'invalid reference format: repository name (library/Nginx) must be lowercase';

test.each([
  ['Nginx', UPPERCASE],
  ['nginx:', 'invalid reference format'],
  ['nginx:a b', 'invalid reference format'],
  ['nginx@sha256:1', 'invalid reference format'],
  ['', 'invalid reference format'],
  ['-/x', 'invalid reference format'],
])('%j is refused', (text, message) => {
  expect(() => parseImage(text)).toThrow(message);
  expect(canonicalName(text)).toBe('');
});
