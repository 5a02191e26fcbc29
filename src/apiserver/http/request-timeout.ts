// How long a client is ready to wait. Every answer here is ready at once, so that only what cannot
// be read as a span of time matters. Watches end by another parameter and are not asked.
// Upstream: apiserver/pkg/endpoints/filters/request_deadline.go.
import { parseGoDuration } from '../../api/go-duration';
import { badRequest } from '../../api/status-error';
import type { Query } from './query';
import type { Route } from './route';

/** Throws BadRequest. */
export function checkTimeout(route: Route, query: Query): void {
  if (!query.has('timeout')) return;
  if (route.to === 'resource' && (route.watch || query.flag('watch'))) return;
  const text = query.text('timeout');
  if (text === '') return;
  const timeout = parseGoDuration(text);
  if (typeof timeout === 'number') return;
  throw badRequest(`invalid timeout specified in the request URL - ${timeout}`);
}
