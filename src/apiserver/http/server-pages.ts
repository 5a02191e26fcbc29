// The server's own pages: version, health and the list of paths.
// Upstream: apiserver/pkg/server/healthz, component-base/version.
import type { HttpResponse } from './http';
import { textResponse } from './respond';

/** What '/version' says. */
export const VERSION = Object.freeze({
  major: '1',
  minor: '36',
  emulationMajor: '1',
  emulationMinor: '36',
  minCompatibilityMajor: '1',
  minCompatibilityMinor: '35',
  gitVersion: 'v1.36.0',
  gitCommit: '0000000000000000000000000000000000000000',
  gitTreeState: 'clean',
  buildDate: '2026-04-22T00:00:00Z',
  goVersion: 'go1.26.0',
  compiler: 'gc',
  platform: 'linux/amd64',
});

const CHECKS = [
  'ping',
  'log',
  'etcd',
  'poststarthook/start-apiserver-admission-initializer',
  'poststarthook/generic-apiserver-start-informers',
  'poststarthook/priority-and-fairness-config-consumer',
  'poststarthook/bootstrap-controller',
  'poststarthook/start-kube-aggregator-informers',
  'poststarthook/apiservice-status-local-available-controller',
  'poststarthook/kube-apiserver-autoregistration',
  'autoregister-completion',
  'poststarthook/apiservice-openapi-controller',
  'poststarthook/apiservice-discovery-controller',
];
const READY_CHECKS = [...CHECKS, 'informer-sync', 'shutdown'];

export const HEALTH_PAGES: Readonly<Record<string, readonly string[]>> = {
  '/healthz': CHECKS,
  '/livez': CHECKS,
  '/readyz': READY_CHECKS,
};

/** '/readyz', '/readyz?verbose', '/readyz/etcd'; undefined for another path. */
export function healthPage(path: string, verbose: boolean): HttpResponse | undefined {
  const [, page, check] = /^(\/[a-z]+)(?:\/(.+))?$/.exec(path) ?? [];
  const checks = HEALTH_PAGES[page ?? ''];
  if (!checks) return undefined;
  if (check) return checks.includes(check) ? textResponse(200, 'ok') : undefined;
  if (!verbose) return textResponse(200, 'ok');
  const lines = checks.map((name) => `[+]${name} ok\n`);
  return textResponse(200, `${lines.join('')}${page.slice(1)} check passed\n`);
}

/** Every path of these pages, for the document of '/'. */
export function ownPaths(): string[] {
  const health = Object.entries(HEALTH_PAGES).flatMap(([page, checks]) => [
    page,
    ...checks.map((check) => `${page}/${check}`),
  ]);
  return [...health, '/version'];
}
