import { expect, test } from 'vitest';
import { findImage } from './images';
import { isPublished } from './image-tags';

function known(image: string, tags: string[]): string[] {
  const definition = findImage(image)!;
  return tags.filter((tag) => isPublished(definition.tags, tag));
}

test.each([
  [
    'docker.io/library/nginx',
    [
      'latest',
      'alpine',
      '1',
      '1.27',
      '1.27.3',
      '1.27-alpine',
      'stable-perl',
      '1.27-alpine3.20',
      '1.29.4-alpine-slim',
    ],
  ],
  ['docker.io/library/redis', ['7', '7.2', '7.2.4', '8-alpine', '6-bookworm']],
  ['docker.io/library/postgres', ['9.6', '17', '17.2-alpine']],
  ['docker.io/library/busybox', ['1.36', 'stable', 'musl', '1.36-glibc']],
  ['docker.io/library/node', ['20', '22-alpine', 'lts', 'lts-slim']],
  ['registry.k8s.io/etcd', ['3.6.6-0', '3.5.15-0']],
  ['registry.k8s.io/kube-apiserver', ['v1.36.0']],
  ['registry.k8s.io/e2e-test-images/agnhost', ['2.40', '2.53']],
])('%s has tags that people use', (image, tags) => {
  expect(known(image, tags)).toEqual(tags);
});

test.each([
  ['docker.io/library/nginx', ['1.99', '2', 'v9', '1.27-windows', 'lastest', '1.27.0.1']],
  ['docker.io/library/postgres', ['9.7', '42', 'alpine-17']],
  ['docker.io/library/busybox', ['2', '1.99']],
  ['docker.io/library/node', ['99-alpine']],
])('%s does not have tags that were never published', (image, tags) => {
  expect(known(image, tags)).toEqual([]);
});
