// Requests to resources: which verb a method means there, and the answer in the shape asked for.
import type { KubeObject } from '../../api/object';
import { badRequest, notFound, StatusError } from '../../api/status-error';
import type {
  ApiRequest,
  ObjectList,
  RequestOptions,
  UserInfo,
  Verb,
} from '../../client/transport';
import type { ResourceDefinition } from '../../resources/definition';
import { DEFAULT_VERBS, subresourceShape } from '../discovery/resource-entries';
import { encodeList, encodeObject, encodingFor } from './encode';
import type { HttpBackend, HttpResponse } from './http';
import { negotiate } from './media-type';
import type { Query } from './query';
import type { CountedRequest } from './request-metrics';
import { checkResourceVersion, deleteOptions, listOptions } from './request-options';
import {
  jsonTextResponse,
  methodNotAllowed,
  noSuchResource,
  stringify,
  yamlResponse,
  type ResponseStyle,
} from './respond';
import type { ResourceRoute } from './route';
import { WatchStream } from './watch-stream';
import { readWrite } from './write-request';

export interface ResourceCall {
  readonly backend: HttpBackend;
  /** Undefined when the group and version are served, but not this resource. */
  readonly definition: ResourceDefinition | undefined;
  readonly route: ResourceRoute;
  readonly method: string;
  readonly query: Query;
  /** Names in lower case. */
  readonly headers: Record<string, string>;
  readonly style: ResponseStyle;
  readonly warnings: string[];
  readonly user: UserInfo | undefined;
  readonly body: string;
}

/** A call whose resource is known. */
export interface KnownCall extends ResourceCall {
  readonly definition: ResourceDefinition;
}

export function handleResource(call: ResourceCall): HttpResponse {
  if (!isServed(call)) throw unserved(call);
  const { deprecation, isVirtual, verbs = DEFAULT_VERBS } = call.definition;
  const verb = verbOf(call);
  if (deprecation !== undefined) call.warnings.push(deprecation);
  const { writeYaml } = call.backend.services;
  const hasTable = !isVirtual || verbs.includes('get');
  const wanted = negotiate(call.headers.accept, writeYaml && verb !== 'watch', hasTable);
  const nowMs = call.backend.sim.clock.activityMs;
  const encoding = encodingFor(wanted, call.query, nowMs);
  if (verb === 'watch') return watch(call, encoding);
  const request = readRequest(call, verb);
  checkRevision(call, verb, request.options);
  const { code, object } = call.backend.execute(request);
  const { definition, style } = call;
  const isList = verb === 'list' || verb === 'deletecollection';
  const text = isList
    ? encodeList(definition, shownList(call, object as ObjectList), encoding)
    : isOwnKind(definition, object as KubeObject)
      ? encodeObject(definition, shown(call, object as KubeObject), encoding)
      : JSON.stringify(object);
  if (writeYaml && wanted.isYaml) return yamlResponse(code, writeYaml(JSON.parse(text)));
  return jsonTextResponse(code, style.pretty ? stringify(JSON.parse(text), style) : text);
}

/** A call as metrics count it. */
export function countedRequest(call: ResourceCall): CountedRequest {
  const { route, query, definition } = call;
  const { group, version, resource, subresource, namespace, name } = route;
  const isWatch = route.watch || query.flag('watch');
  const verbs: Readonly<Record<string, string>> = {
    GET: isWatch ? 'watch' : name ? 'get' : 'list',
    POST: 'post',
    PUT: 'put',
    PATCH: definition && query.has('fieldManager') && query.has('force') ? 'apply' : 'patch',
    DELETE: name ? 'delete' : 'deletecollection',
  };
  const verb = verbs[call.method] ?? 'other';
  const scope = name ? 'resource' : namespace ? 'namespace' : 'cluster';
  return { verb, group, version, resource, subresource, scope, dryRun: query.has('dryRun') };
}

function shownList(call: KnownCall, list: ObjectList): ObjectList {
  const isStored = !call.definition.view && !call.backend.services.fieldManager;
  return isStored ? list : { ...list, items: list.items.map((item) => shown(call, item)) };
}

/** With who owns what, in the version that was asked for. */
function shown(
  { backend, definition: { view, isVirtual } }: KnownCall,
  stored: KubeObject,
): KubeObject {
  if (isVirtual) return stored;
  const whole = backend.services.fieldManager?.shown(stored) ?? stored;
  return view?.convertTo(whole) ?? whole;
}

/** Not of a Status, nor of a subresource's kind. */
function isOwnKind({ ref, view }: ResourceDefinition, { kind }: KubeObject): boolean {
  return kind === (view?.storage ?? ref).kind;
}

/** Of a custom resource, what is asked for is missing, and not the subresource. */
function unserved({ definition, route }: ResourceCall): StatusError {
  return definition?.custom && route.subresource
    ? notFound(definition.ref, route.name)
    : noSuchResource();
}

function isServed(call: ResourceCall): call is KnownCall {
  const { definition, route } = call;
  if (!definition || route.rest.length > 0) return false;
  if (route.namespace && !definition.ref.namespaced) return false;
  if (definition.ref.namespaced && route.name && !route.namespace) return false;
  const { subresource } = route;
  return subresource === '' || definition.subresources?.includes(subresource) === true;
}

function verbOf({ definition, method, route, query }: KnownCall): Verb | 'watch' {
  const isWatch = route.watch || query.flag('watch');
  const verb = route.subresource
    ? subresourceVerb(definition, route.subresource, method)
    : route.name
      ? itemVerb(method, route.watch)
      : collectionVerb(method, isWatch);
  if (verb === undefined) throw methodNotAllowed();
  if (route.subresource === '') {
    const verbs: readonly string[] = definition.verbs ?? DEFAULT_VERBS;
    if (!verbs.includes(verb)) throw methodNotAllowed();
    const isEverywhere = definition.ref.namespaced && route.namespace === '';
    if (isEverywhere && verb !== 'list' && verb !== 'watch') throw methodNotAllowed();
  }
  return verb;
}

function collectionVerb(method: string, isWatch: boolean): Verb | 'watch' | undefined {
  if (method === 'GET') return isWatch ? 'watch' : 'list';
  if (isWatch && method !== 'DELETE' && method !== 'POST') return undefined;
  return method === 'POST' ? 'create' : method === 'DELETE' ? 'deletecollection' : undefined;
}

const ITEM_VERBS: Readonly<Record<string, Verb>> = {
  GET: 'get',
  PUT: 'update',
  PATCH: 'patch',
  DELETE: 'delete',
};

function itemVerb(method: string, isWatch: boolean): Verb | 'watch' | undefined {
  return isWatch && method === 'GET' ? 'watch' : ITEM_VERBS[method];
}

function subresourceVerb(
  definition: ResourceDefinition,
  subresource: string,
  method: string,
): Verb | undefined {
  const verb = method === 'POST' ? 'create' : ITEM_VERBS[method];
  return verb && subresourceShape(definition, subresource).verbs.includes(verb) ? verb : undefined;
}

function readRequest(call: KnownCall, verb: Verb): ApiRequest {
  const { definition, route, query, body, warnings, user } = call;
  const base: ApiRequest = {
    verb,
    ref: definition.view?.storage ?? definition.ref,
    ...(definition.view && { view: definition.view }),
    subresource: route.subresource,
    namespace: route.namespace,
    name: route.name,
    options: {},
    actor: actorOf(call.headers['user-agent']),
    warnings,
    ...(user && { user }),
  };
  switch (verb) {
    case 'get':
      checkResourceVersion(query);
      return { ...base, options: { resourceVersion: query.text('resourceVersion') } };
    case 'list':
      return { ...base, options: listOptions(query, false) };
    case 'delete':
      return { ...base, options: deleteOptions(query, body) };
    case 'deletecollection':
      return { ...base, options: { ...listOptions(query, false), ...deleteOptions(query, body) } };
    case 'create':
    case 'update':
    case 'patch':
      return { ...base, ...readWrite(call, verb) };
  }
}

/** A client that asks for a state that is yet to come is told to try again. */
function checkRevision({ backend }: KnownCall, verb: Verb, options: RequestOptions): void {
  if (verb !== 'get' && verb !== 'list') return;
  if (options.continue) {
    if (!options.resourceVersion || options.resourceVersion === '0') return;
    throw badRequest('specifying resource version is not allowed when using continue');
  }
  checkReached(backend, options.resourceVersion);
}

function checkReached({ store }: HttpBackend, resourceVersion: string | undefined): void {
  const asked = Number(resourceVersion ?? 0);
  const { revision } = store;
  if (asked <= revision) return;
  const message = `Timeout: Too large resource version: ${asked}, current: ${revision}`;
  throw new StatusError(504, 'Timeout', message, {
    causes: [{ reason: 'ResourceVersionTooLarge', message: 'Too large resource version' }],
    retryAfterSeconds: 1,
  });
}

function watch(call: KnownCall, encoding: ReturnType<typeof encodingFor>): HttpResponse {
  const { backend, definition, route, query } = call;
  const { labelSelector, fieldSelector = '', resourceVersion = '' } = listOptions(query, true);
  const ofOne = route.name ? `metadata.name=${route.name}` : '';
  const request = {
    ref: definition.view?.storage ?? definition.ref,
    ...(definition.view && { view: definition.view }),
    namespace: route.namespace,
    labelSelector,
    fieldSelector: [fieldSelector, ofOne].filter(Boolean).join(',') || undefined,
    resourceVersion,
    actor: actorOf(call.headers['user-agent']),
  };
  const initial = query.has('sendInitialEvents') ? query.flag('sendInitialEvents') : undefined;
  if (initial) checkReached(backend, resourceVersion);
  const stream = new WatchStream(backend, definition, request, encoding, {
    timeoutSeconds: query.integer('timeoutSeconds'),
    bookmarks: query.flag('allowWatchBookmarks'),
    sendInitialEvents: initial,
  });
  const response = jsonTextResponse(200, '');
  return { ...response, body: '', stream };
}

/** 'kubectl/v1.36.0 (linux/amd64)' is kubectl. */
function actorOf(userAgent = ''): string {
  return userAgent.split(/[/ ]/)[0] || 'client';
}
