// Plays a recorded conversation to our own server and gives back its answers, masked. The clock is
// stepped where the recorder waited.
import type { HttpRequest, HttpResponse } from '../http/http';
import type { GoldenAnswer, GoldenCase, GoldenRequest, GoldenStep } from './golden-case';
import { Masker } from './masks';

/** A server to replay to. */
export interface Stage {
  handle(request: HttpRequest): HttpResponse;
  /** Lets virtual time pass. */
  runFor(ms: number): void;
}

const POLL_MS = 80;
const SETTLE_MS = 3000;
const STEP_MS = 5;

/** The answers to all steps, in order. */
export function replay(stage: Stage, golden: GoldenCase): GoldenAnswer[] {
  if (golden.namespace) makeNamespace(stage, golden.namespace, golden.namespaceLabels);
  const masker = new Masker();
  const context: unknown[] = [];
  const answers = golden.steps.map((step) => playStep(stage, step, context, masker));
  return answers.map((answer) => masker.mask(answer) as GoldenAnswer);
}

function playStep(
  stage: Stage,
  step: GoldenStep,
  context: unknown[],
  masker: Masker,
): GoldenAnswer {
  const request = fill(step.request, context) as GoldenRequest;
  masker.learnRequest(request.body);
  stage.runFor(step.sleepMs ?? STEP_MS);
  const response = step.until ? pollUntil(stage, request, step) : send(stage, request);
  if (step.settle && response.status < 300) stage.runFor(SETTLE_MS);
  const isStream = response.stream !== undefined;
  const parsed = isStream ? undefined : parse(response.body);
  context.push(isStream ? { events: response.body } : parsed);
  const answer: GoldenAnswer = { status: response.status };
  const headers = pickHeaders(response.headers);
  if (Object.keys(headers).length > 0) answer.headers = headers;
  if (isStream && step.select !== 'none') answer.events = eventsOf(response.body, step);
  else answer.body = selected(parsed, step);
  masker.learn(answer.events ?? answer.body);
  return answer;
}

/** Watches are read to their end, which is put into the body. */
function send(stage: Stage, request: GoldenRequest): HttpResponse {
  const { method = 'GET', path, contentType, accept, userAgent, body, rawBody } = request;
  const headers: Record<string, string> = {
    'user-agent': userAgent ?? 'golden-recorder/1.0',
    accept: accept ?? 'application/json',
  };
  const text = rawBody ?? (body === undefined ? undefined : JSON.stringify(body));
  if (text !== undefined) headers['content-type'] = contentType ?? 'application/json';
  for (const [name, value] of Object.entries(request.headers ?? {})) {
    if (value === null) delete headers[name.toLowerCase()];
    else headers[name.toLowerCase()] = value;
  }
  const response = stage.handle({ method, path, headers, body: text });
  if (!response.stream) return response;
  let read = '';
  response.stream.start({ chunk: (chunk) => (read += chunk), end: () => {} });
  stage.runFor(Number(/timeoutSeconds=(\d+)/.exec(path)?.[1] ?? 1) * 1000 + 1);
  response.stream.stop();
  return { ...response, body: read };
}

function pollUntil(stage: Stage, request: GoldenRequest, step: GoldenStep): HttpResponse {
  const limitMs = step.timeoutMs ?? 12_000;
  for (let waitedMs = 0; ; waitedMs += POLL_MS) {
    const response = send(stage, request);
    const got = { status: response.status, body: parse(response.body) };
    if (waitedMs > limitMs || contains(got, step.until)) return response;
    stage.runFor(POLL_MS);
  }
}

function makeNamespace(stage: Stage, name: string, labels?: Record<string, string>): void {
  const body = { apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels } };
  send(stage, { method: 'POST', path: '/api/v1/namespaces', body });
  const account = `/api/v1/namespaces/${name}/serviceaccounts/default`;
  for (let polls = 0; polls < 100 && send(stage, { path: account }).status !== 200; polls++) {
    stage.runFor(POLL_MS);
  }
}

function eventsOf(text: string, { sortEvents }: GoldenStep): unknown[] {
  type Event = { type: string; object?: { metadata?: { name?: string } } };
  const lines = text.split('\n').filter(Boolean);
  const all = lines.map((line) => JSON.parse(line) as Event);
  const events = all.filter(
    ({ type }, index) => type !== 'BOOKMARK' || all[index + 1]?.type !== 'BOOKMARK',
  );
  const nameOf = (event: Event): string => event.object?.metadata?.name ?? '';
  if (sortEvents) events.sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1));
  return events;
}

type Json = Record<string, unknown>;

function selected(body: unknown, { select, unordered }: GoldenStep): unknown {
  const value = unordered ? sortedDeep(body) : body;
  if (select === undefined || (typeof value !== 'object' && select !== 'lines')) {
    return select === 'none' ? '<not recorded>' : value;
  }
  const object = value as Json;
  switch (select) {
    case 'names': {
      const items = (object.items ?? []) as { metadata: { name: string } }[];
      return { kind: object.kind, names: items.map(({ metadata }) => metadata.name).sort() };
    }
    case 'keys':
      return { keys: Object.keys(object).sort() };
    case 'lines':
      return String(value).split('\n');
    case 'none':
      return '<not recorded>';
    default:
      return { paths: Object.keys(object.paths ?? {}).sort() };
  }
}

function sortedDeep(value: unknown): unknown {
  if (Array.isArray(value)) {
    const items = value.map(sortedDeep);
    return items.sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
  }
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, sortedDeep(each)]));
}

const KEPT_HEADERS = ['content-type', 'warning', 'allow', 'location', 'retry-after'];

function pickHeaders(headers: Record<string, string>): Record<string, string | string[]> {
  const entries = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]);
  const kept = entries.filter(([name]) => KEPT_HEADERS.includes(name));
  return Object.fromEntries(
    kept.map(([name, value]) => [name, name === 'warning' ? value.split(/, (?=299 - ")/) : value]),
  );
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** True when `got` has all that `wanted` names; lists in any order. */
function contains(got: unknown, wanted: unknown): boolean {
  if (Array.isArray(wanted)) {
    return Array.isArray(got) && wanted.every((item) => got.some((each) => contains(each, item)));
  }
  if (typeof wanted !== 'object' || wanted === null) return got === wanted;
  const { $exists, $len, $gte } = wanted as Json;
  if ($exists !== undefined) return $exists === (got !== undefined);
  if ($len !== undefined) return (Array.isArray(got) ? got.length : 0) === $len;
  if ($gte !== undefined) return typeof got === 'number' && got >= Number($gte);
  if (typeof got !== 'object' || got === null) return false;
  return Object.entries(wanted).every(([key, value]) => contains((got as Json)[key], value));
}

/** Puts values of earlier answers into a request: '{{s3.metadata.uid}}'. */
function fill(value: unknown, context: readonly unknown[]): unknown {
  if (typeof value === 'string') {
    const whole = /^\{\{s(\d+)\.([^}]+)\}\}$/.exec(value);
    if (whole) return dig(context[Number(whole[1])], whole[2]);
    return value.replace(/\{\{s(\d+)\.([^}|]+)(\|uri)?\}\}/g, (_, step, path, uri) => {
      const found = String(dig(context[Number(step)], path));
      return uri ? encodeURIComponent(found) : found;
    });
  }
  if (Array.isArray(value)) return value.map((item) => fill(item, context));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value);
  return Object.fromEntries(
    entries.map(([key, each]) => [fill(key, context), fill(each, context)]),
  );
}

function dig(object: unknown, path: string): unknown {
  return path.split('.').reduce((value, key) => (value as Json | undefined)?.[key], object);
}
