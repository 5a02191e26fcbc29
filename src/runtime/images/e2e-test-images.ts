// The images that Kubernetes' own end-to-end tests run, besides agnhost. Their tags are a version
// and the number of its build: '2.4.38-4'.
import { server, SHELL, type ContainerProcess } from '../container-process';
import type { ImageDefinition } from '../image-definition';

const ONE_PAGE = {
  http: [
    { path: '', fromMs: 0, status: 404 },
    { path: '/', fromMs: 0, status: 200 },
    { path: '/index.html', fromMs: 0, status: 200 },
  ],
};

/** Any version of the given majors, with or without a build number. */
function testImage(
  name: string,
  versions: readonly string[],
  sizeBytes: number,
  process: ContainerProcess,
  more: Partial<ImageDefinition> = {},
): ImageDefinition {
  const tags = { versions, hasBuilds: true };
  const base = 'registry.k8s.io/e2e-test-images/';
  return Object.freeze({ name: base + name, tags, sizeBytes, process, ...more });
}

export const e2eTestImages: readonly ImageDefinition[] = [
  testImage('httpd', ['2'], 41_900_000, server([80], 150, ONE_PAGE), {
    executables: ['httpd', 'httpd-foreground'],
  }),
  testImage('nginx', ['1'], 6_980_000, server([80], 150, ONE_PAGE), { executables: ['nginx'] }),
  testImage('busybox', ['1'], 2_220_000, SHELL, { isClosed: true }),
  testImage('ipc-utils', ['1'], 3_600_000, SHELL),
  testImage('jessie-dnsutils', ['1'], 112_000_000, SHELL),
  testImage('kitten', ['1'], 49_000_000, server([80], 150)),
  testImage('nautilus', ['1'], 49_000_000, server([80], 150)),
  testImage('nonewprivs', ['1'], 3_400_000, SHELL),
  testImage('nonroot', ['1'], 17_000_000, SHELL),
  testImage('perl', ['5'], 338_000_000, SHELL, { executables: ['perl'] }),
  testImage('redis', ['5'], 35_500_000, server([6379], 150), { executables: ['redis-server'] }),
  testImage('regression-issue-74839', ['1'], 19_200_000, server([9000], 100)),
  testImage('resource-consumer', ['1'], 51_000_000, server([8080], 150)),
  testImage('sample-apiserver', ['1'], 25_000_000, server([443], 500)),
];
