// What a request is about, read from its method and URL alone, before anything is decoded and
// whether or not such a resource is served.
// Upstream: apiserver/pkg/endpoints/request/requestinfo.go.
import { pathSegment } from '../../api/names';
import { parseFieldSelector } from '../../api/field-selector';
import type { UserInfo } from '../../client/transport';
import { Query } from '../http/query';
import { pathAttributes, resourceAttributes, type Attributes } from './attributes';

const VERBS: Readonly<Record<string, string>> = {
  POST: 'create',
  GET: 'get',
  HEAD: 'get',
  PUT: 'update',
  PATCH: 'patch',
  DELETE: 'delete',
};
const NAMESPACE_SUBRESOURCES = new Set(['status', 'finalize']);

/** `url`: path with query, percent-encoded. */
export function attributesOf(user: UserInfo, method: string, url: string): Attributes {
  const question = url.indexOf('?');
  const path = question < 0 ? url : url.slice(0, question);
  const parts = path
    .replace(/^\/+|\/+$/g, '')
    .split('/')
    .map(decoded);
  const isApi = parts[0] === 'api' || parts[0] === 'apis';
  const [group, rest] =
    parts[0] === 'api' ? ['', parts.slice(1)] : [parts[1] ?? '', parts.slice(2)];
  if (!isApi || parts.length < 3 || rest.length < 2) {
    return pathAttributes(user, method.toLowerCase(), decoded(path));
  }
  const query = new Query(question < 0 ? '' : url.slice(question + 1));
  return resourceRequest(user, method, group, rest, query, decoded(path));
}

function resourceRequest(
  user: UserInfo,
  method: string,
  apiGroup: string,
  [apiVersion, ...afterVersion]: readonly string[],
  query: Query,
  path: string,
): Attributes {
  const special = afterVersion.length > 1 && SPECIAL_VERBS.has(afterVersion[0]);
  let verb = special ? afterVersion[0] : (VERBS[method] ?? '');
  let parts = special ? afterVersion.slice(1) : afterVersion;
  let namespace = '';
  if (parts[0] === 'namespaces' && parts.length > 1) {
    namespace = parts[1];
    if (parts.length > 2 && !NAMESPACE_SUBRESOURCES.has(parts[2])) parts = parts.slice(2);
  }
  const [resource, givenName = '', subresource = ''] = parts;
  let name = givenName;
  let fieldEquals: Record<string, string> | undefined;
  if (name === '' && (verb === 'get' || verb === 'delete' || verb === 'watch')) {
    fieldEquals = equalitiesOf(query.text('fieldSelector'));
    const asked = fieldEquals['metadata.name'] ?? '';
    if (pathSegment(asked).length === 0) name = asked;
    if (verb === 'get') verb = query.flag('watch') ? 'watch' : 'list';
    else if (verb === 'delete') verb = 'deletecollection';
  }
  const some = { apiGroup, apiVersion, resource, subresource, namespace, name, path };
  return resourceAttributes(user, verb, fieldEquals ? { ...some, fieldEquals } : some);
}

/** Old forms, in which the verb leads. */
const SPECIAL_VERBS = new Set(['proxy', 'watch']);

function equalitiesOf(selector: string): Record<string, string> {
  try {
    const requirements = parseFieldSelector(selector);
    const equalities = requirements.filter(({ operator }) => operator === '=');
    return Object.fromEntries(equalities.map(({ field, value }) => [field, value]));
  } catch {
    // What is wrong with it is said once the request is allowed.
    return {};
  }
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
