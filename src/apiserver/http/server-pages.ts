// The server's own pages: version, health and the list of paths.
// Upstream: apiserver/pkg/server/healthz, component-base/version.
import { HEALTH_PAGES } from './health-checks';
import type { HttpResponse } from './http';
import type { Query } from './query';
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

/** The same, as the labels of a metric. */
export const BUILD_LABELS = {
  build_date: VERSION.buildDate,
  compiler: VERSION.compiler,
  git_commit: VERSION.gitCommit,
  git_tree_state: VERSION.gitTreeState,
  git_version: VERSION.gitVersion,
  go_version: VERSION.goVersion,
  major: VERSION.major,
  minor: VERSION.minor,
  platform: VERSION.platform,
};

/**
 * '/readyz', '/readyz?verbose', '/readyz?exclude=etcd', '/readyz/etcd'; undefined for another path.
 * `failing`: the checks that do not pass now.
 */
export function healthPage(
  path: string,
  query: Query,
  failing: readonly string[],
): HttpResponse | undefined {
  const [, page, check] = /^(\/[a-z]+)(?:\/(.+))?$/.exec(path) ?? [];
  const checks = HEALTH_PAGES[page ?? ''];
  if (!checks) return undefined;
  if (check) return checks.includes(check) ? singleCheck(check, failing) : undefined;
  const excluded = query.all('exclude');
  const failed = checks.some((name) => failing.includes(name) && !excluded.includes(name));
  if (!failed && !query.has('verbose')) return textResponse(200, 'ok');
  const lines = checks.map((name) => {
    if (excluded.includes(name)) return `[+]${name} excluded: ok\n`;
    return failing.includes(name) ? `[-]${name} failed: reason withheld\n` : `[+]${name} ok\n`;
  });
  const unknown = excluded.filter((name) => !checks.includes(name));
  if (unknown.length > 0) {
    const names = unknown.map((name) => `"${name}"`).join(', ');
    lines.push(`warn: some health checks cannot be excluded: no matches for ${names}\n`);
  }
  const result = `${page.slice(1)} check ${failed ? 'failed' : 'passed'}\n`;
  return textResponse(failed ? 500 : 200, lines.join('') + result);
}

function singleCheck(name: string, failing: readonly string[]): HttpResponse {
  if (!failing.includes(name)) return textResponse(200, 'ok');
  return textResponse(500, `internal server error: ${name} failed\n`);
}

/** Every path of these pages, for the document of '/'. */
export function ownPaths(): string[] {
  const health = Object.entries(HEALTH_PAGES).flatMap(([page, checks]) => [
    page,
    ...checks.map((check) => `${page}/${check}`),
  ]);
  return [...health, '/metrics', '/version'];
}
