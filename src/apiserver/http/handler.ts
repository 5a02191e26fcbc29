// HTTP in front of the API server: paths, methods, media types, options, discovery, health. The
// same handler serves the page, the worker and a real kubectl. Invariants: synchronous; an error of
// the API becomes a Status, anything else is a bug: it is kept in `panics` and answered as an
// internal error, for the server goes on. Where the real one differs: OpenAPI is served by the
// host.
// Upstream: apiserver/pkg/endpoints/{installer.go,handlers}.
import { ConnectionError, internalError, StatusError } from '../../api/status-error';
import type { UserInfo } from '../../client/transport';
import type { ResourceDefinition } from '../../resources/definition';
import {
  aggregatedDiscovery,
  coreVersions,
  groupDocument,
  groupList,
  resourceList,
} from '../discovery/discovery';
import type { GroupVersion } from '../context';
import { PlainRefusal, type HttpBackend, type HttpRequest, type HttpResponse } from './http';
import { isJson, notAcceptable, parseAccept } from './media-type';
import { Query } from './query';
import {
  addWarnings,
  errorResponse,
  jsonResponse,
  methodNotAllowed,
  textResponse,
  type ResponseStyle,
} from './respond';
import { countedRequest, handleResource, type ResourceCall } from './resource-handler';
import { checkTimeout } from './request-timeout';
import { parseRoute, type ResourceRoute } from './route';
import { ServedResources } from './served-resources';
import { healthPage, ownPaths, VERSION } from './server-pages';

const PANICS_KEPT = 20;
const NONE: readonly GroupVersion[] = [];

export class HttpHandler {
  /** Bugs that requests have met, newest last. */
  readonly panics: unknown[] = [];
  private readonly backends: readonly HttpBackend[];
  private readonly served: ServedResources;

  /** Several servers share the paths by their groups: that of the cluster and that of the world. */
  constructor(...backends: readonly HttpBackend[]) {
    this.backends = backends;
    this.served = new ServedResources(backends);
  }

  /** What is served now. */
  get definitions(): readonly ResourceDefinition[] {
    return this.served.definitions;
  }

  /** Whether the path is of a resource that is served now; discovery and other pages are not. */
  isResource(path: string): boolean {
    const route = parseRoute(path.replace(/\?.*/, ''));
    if (route.to !== 'resource') return false;
    return this.served.find(route.group, route.version, route.resource) !== undefined;
  }

  /** The answer; for a watch, one whose `stream` the host has to start, and to stop at the end. */
  handle(request: HttpRequest): HttpResponse {
    const question = request.path.indexOf('?');
    const path = question < 0 ? request.path : request.path.slice(0, question);
    const query = new Query(question < 0 ? '' : request.path.slice(question + 1));
    const headers = lowerCased(request.headers ?? {});
    const style = { pretty: wantsPretty(query, headers) };
    const warnings: string[] = [];
    try {
      const user = this.backends[0].services.access?.admit(request, headers);
      const response = this.dispatch(request, path, query, headers, style, warnings, user);
      return addWarnings(response, warnings);
    } catch (error) {
      const response = addWarnings(this.failed(error, style), warnings);
      return request.method === 'HEAD' ? { ...response, body: '' } : response;
    }
  }

  /** The answer to a request that may not come in; undefined when it may. */
  refusal(request: HttpRequest): HttpResponse | undefined {
    try {
      this.backends[0].services.access?.admit(request, lowerCased(request.headers ?? {}));
      return undefined;
    } catch (error) {
      return this.failed(error, { pretty: false });
    }
  }

  private failed(error: unknown, style: ResponseStyle): HttpResponse {
    if (error instanceof PlainRefusal) return textResponse(error.status, error.message);
    return errorResponse(this.known(error), style);
  }

  /**
   * What is no error of the API is a bug: kept for whoever mends it, told as the real server does.
   */
  private known(error: unknown): unknown {
    if (error instanceof StatusError || error instanceof ConnectionError) return error;
    this.panics.push(error);
    if (this.panics.length > PANICS_KEPT) this.panics.shift();
    const what = error instanceof Error ? error.message : JSON.stringify(error);
    return internalError(`this request caused apiserver to panic: ${what}`);
  }

  private dispatch(
    request: HttpRequest,
    path: string,
    query: Query,
    headers: Record<string, string>,
    style: ResponseStyle,
    warnings: string[],
    user: UserInfo | undefined,
  ): HttpResponse {
    const route = parseRoute(path);
    checkTimeout(route, query);
    if ((route.to === 'resource' || route.to === 'resources') && this.isRemote(route)) {
      return textResponse(503, 'service unavailable\n');
    }
    if (route.to === 'resource') {
      const call = this.resourceCall(route, request, query, headers, style, warnings, user);
      return call ? this.counted(call) : pageNotFound();
    }
    if (request.method !== 'GET') throw methodNotAllowed();
    const { definitions, remote } = this;
    switch (route.to) {
      case 'core-versions':
        return discoveryResponse(headers.accept, style, coreVersions(), (version) =>
          aggregatedDiscovery(definitions, true, version),
        );
      case 'groups':
        return discoveryResponse(headers.accept, style, groupList(definitions, remote), (version) =>
          aggregatedDiscovery(definitions, false, version, remote),
        );
      case 'group':
        return documentOr404(groupDocument(definitions, route.group, remote), style);
      case 'resources':
        return documentOr404(resourceList(definitions, route.group, route.version), style);
      case 'page':
        return this.page(route.path, query, style);
    }
  }

  private get remote(): readonly GroupVersion[] {
    return this.backends[0].services.remoteVersions?.() ?? NONE;
  }

  private isRemote({ group, version }: GroupVersion): boolean {
    return this.remote.some((each) => each.version === version && each.group === group);
  }

  private counted(call: ResourceCall): HttpResponse {
    const { metrics } = this.backends[0].services;
    if (!metrics) return handleResource(call);
    try {
      const response = handleResource(call);
      metrics.count(countedRequest(call), response.status);
      return response;
    } catch (error) {
      if (error instanceof StatusError) metrics.count(countedRequest(call), error.code);
      throw error;
    }
  }

  private resourceCall(
    route: ResourceRoute,
    request: HttpRequest,
    query: Query,
    headers: Record<string, string>,
    style: ResponseStyle,
    warnings: string[],
    user: UserInfo | undefined,
  ): ResourceCall | undefined {
    const { group, version } = route;
    if (!this.served.hasVersion(group, version)) return undefined;
    const isBindings = group === '' && route.resource === 'bindings' && route.namespace !== '';
    const resource = isBindings ? 'pods' : route.resource;
    const served = this.served.find(group, version, resource);
    if (!served && this.served.isCustomGroup(group)) return undefined;
    return {
      backend: served?.backend ?? this.backends[0],
      definition: served?.definition,
      route: isBindings ? { ...route, resource, subresource: 'binding' } : route,
      method: request.method,
      query,
      headers,
      style,
      warnings,
      user,
      body: request.body ?? '',
    };
  }

  private page(path: string, query: Query, style: ResponseStyle): HttpResponse {
    if (path === '/') return jsonResponse(200, { paths: this.paths() }, style);
    if (path === '/version') return jsonResponse(200, VERSION, style);
    const [backend] = this.backends;
    const { services } = backend;
    if (path === '/metrics' && services.metrics) return metricsResponse(services.metrics.text());
    const extra = services.page?.(path);
    return extra ?? healthPage(path, query, backend.failingChecks?.() ?? []) ?? pageNotFound();
  }

  private paths(): string[] {
    const paths = new Set(['/api', '/apis', ...ownPaths()]);
    for (const { ref } of this.definitions) {
      if (ref.group) paths.add(`/apis/${ref.group}`);
      paths.add(ref.group ? `/apis/${ref.apiVersion}` : `/api/${ref.version}`);
    }
    return [...paths].sort();
  }
}

function discoveryResponse(
  accept: string | undefined,
  style: ResponseStyle,
  document: object,
  aggregate: (version: string) => object,
): HttpResponse {
  for (const choice of parseAccept(accept)) {
    const { as, g, v } = choice.parameters;
    if (!isJson(choice)) continue;
    if (as === undefined) return jsonResponse(200, document, style);
    const isKnown = as === 'APIGroupDiscoveryList' && g === 'apidiscovery.k8s.io';
    if (!isKnown || (v !== 'v2' && v !== 'v2beta1')) continue;
    const type = `application/json;g=apidiscovery.k8s.io;v=${v};as=APIGroupDiscoveryList`;
    return jsonResponse(200, aggregate(v), style, type);
  }
  throw notAcceptable();
}

function documentOr404(document: object | undefined, style: ResponseStyle): HttpResponse {
  return document ? jsonResponse(200, document, style) : pageNotFound();
}

function metricsResponse(text: string): HttpResponse {
  const type = 'text/plain; version=0.0.4; charset=utf-8; escaping=underscores';
  return { status: 200, headers: { 'Content-Type': type }, body: text };
}

function pageNotFound(): HttpResponse {
  return textResponse(404, '404 page not found\n');
}

function lowerCased(headers: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([key, value]) => [key.toLowerCase(), value]),
  );
}

/** People's clients get indented JSON without asking. */
function wantsPretty(query: Query, headers: Record<string, string>): boolean {
  if (query.has('pretty')) return query.flag('pretty');
  return /^(curl|Wget|Mozilla\/5\.0)/.test(headers['user-agent'] ?? '');
}
