// What Kubernetes' own end-to-end tests find around them, over HTTP: a served cluster whose clock
// runs fast, a namespace for each test as their framework makes it, and a client that asks for what
// client-go asks for. Objects are loose here, since tests know their shapes.
// Upstream: test/e2e/framework, client-go/rest.
import { afterAll, beforeAll, test } from 'vitest';
import { ClusterServer } from '../../src/host/node/cluster-server';
import { parseServeOptions } from '../../src/host/node/options';

/** An answer of which the test knows the shape. */
export interface Item {
  [field: string]: Item;
}

/** What the test knows to be a string, or a number. */
export const text = (item: Item): string => item as unknown as string;
export const number = (item: Item): number => item as unknown as number;
/** What the test knows to be a list. */
export const list = (item: Item | undefined): Item[] => (item ?? []) as unknown as Item[];

/** A Status, thrown. */
export class Refusal extends Error {
  constructor(
    readonly code: number,
    readonly status: Item,
  ) {
    super(text(status.message) ?? `${code}`);
  }
}

export interface WatchEvent {
  type: string;
  object: Item;
}

type Query = Readonly<Record<string, string | number | boolean>>;

const ACCEPT = 'application/vnd.kubernetes.protobuf,application/json';
const POLL_MS = 30;
const PATCHES = {
  merge: 'application/merge-patch+json',
  strategic: 'application/strategic-merge-patch+json',
  json: 'application/json-patch+json',
  apply: 'application/apply-patch+yaml',
} as const;
export type PatchType = keyof typeof PATCHES;

export class Api {
  constructor(private readonly url: string) {}

  /** The body and code of any answer, whatever it is. */
  async send(
    method: string,
    path: string,
    body?: object | string,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<{ code: number; body: Item; headers: Headers }> {
    const response = await fetch(this.url + path, {
      method,
      headers: { accept: ACCEPT, 'content-type': 'application/json', ...headers },
      body: body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body),
    });
    const answer = await response.text();
    const isJson = /json/.test(response.headers.get('content-type') ?? '');
    return {
      code: response.status,
      body: (isJson ? JSON.parse(answer) : answer) as Item,
      headers: response.headers,
    };
  }

  /** Throws a Refusal. */
  async ask(
    method: string,
    path: string,
    body?: object | string,
    headers?: Readonly<Record<string, string>>,
  ): Promise<Item> {
    const answer = await this.send(method, path, body, headers);
    if (answer.code >= 400) throw new Refusal(answer.code, answer.body);
    return answer.body;
  }

  /** 'apps/v1', 'deployments', 'default'. */
  of(groupVersion: string, plural: string, namespace?: string): Resource {
    const root = groupVersion.includes('/') ? `/apis/${groupVersion}` : `/api/${groupVersion}`;
    const place = namespace ? `/namespaces/${namespace}` : '';
    return new Resource(this, this.url, `${root}${place}/${plural}`);
  }

  core(plural: string, namespace?: string): Resource {
    return this.of('v1', plural, namespace);
  }
}

export class Resource {
  constructor(
    private readonly api: Api,
    private readonly url: string,
    readonly path: string,
  ) {}

  create(body: object, query: Query = {}): Promise<Item> {
    return this.api.ask('POST', this.path + queryText(query), body);
  }

  get(name: string, subresource?: string): Promise<Item> {
    return this.api.ask('GET', this.pathOf(name, subresource));
  }

  async list(query: Query = {}): Promise<Item & { items: Item[] }> {
    return (await this.api.ask('GET', this.path + queryText(query))) as Item & { items: Item[] };
  }

  update(object: object, subresource?: string, query: Query = {}): Promise<Item> {
    const { metadata } = object as { metadata: { name: string } };
    return this.api.ask('PUT', this.pathOf(metadata.name, subresource) + queryText(query), object);
  }

  /** Reads, changes and writes, again when someone else was faster. */
  async change(
    name: string,
    change: (object: Item) => object,
    subresource?: string,
  ): Promise<Item> {
    for (;;) {
      try {
        return await this.update(change(await this.get(name, subresource)), subresource);
      } catch (error) {
        if (!(error instanceof Refusal) || error.code !== 409) throw error;
      }
    }
  }

  patch(
    name: string,
    type: PatchType,
    patch: object | string,
    subresource?: string,
    query: Query = {},
  ): Promise<Item> {
    const path = this.pathOf(name, subresource) + queryText(query);
    return this.api.ask('PATCH', path, patch, { 'content-type': PATCHES[type] });
  }

  delete(name: string, options: object = {}): Promise<Item> {
    return this.api.ask('DELETE', this.pathOf(name), {
      apiVersion: 'v1',
      kind: 'DeleteOptions',
      ...options,
    });
  }

  deleteAll(query: Query, options: object = {}): Promise<Item> {
    return this.api.ask('DELETE', this.path + queryText(query), {
      apiVersion: 'v1',
      kind: 'DeleteOptions',
      ...options,
    });
  }

  /** Reads until it is gone. */
  async gone(name: string): Promise<void> {
    await until(`${this.path}/${name} to be gone`, () => isMissing(this.get(name)));
  }

  watch(query: Query = {}): Watcher {
    return new Watcher(
      this.url + this.path + queryText({ watch: true, allowWatchBookmarks: true, ...query }),
    );
  }

  private pathOf(name: string, subresource?: string): string {
    return `${this.path}/${name}${subresource ? `/${subresource}` : ''}`;
  }
}

/** A watch whose events can be waited for in their order. */
export class Watcher {
  private readonly events: WatchEvent[] = [];
  private readonly abort = new AbortController();
  private at = 0;

  constructor(url: string) {
    void this.read(url).catch(() => {});
  }

  /** The next event that is such a one; those before it are passed over. Bookmarks never are. */
  async next(what: string, isIt: (event: WatchEvent) => boolean): Promise<WatchEvent> {
    return await until(`a watch event: ${what}`, () => {
      while (this.at < this.events.length) {
        const event = this.events[this.at++];
        if (event.type !== 'BOOKMARK' && isIt(event)) return event;
      }
      return undefined;
    });
  }

  type(type: string): Promise<WatchEvent> {
    return this.next(type, (event) => event.type === type);
  }

  /** Those that came and were not yet taken. */
  take(): WatchEvent[] {
    const events = this.events.slice(this.at);
    this.at = this.events.length;
    return events;
  }

  stop(): void {
    this.abort.abort();
  }

  private async read(url: string): Promise<void> {
    const accept = 'application/vnd.kubernetes.protobuf;stream=watch,application/json';
    const { body } = await fetch(url, { headers: { accept }, signal: this.abort.signal });
    if (!body) return;
    let rest = '';
    const decoder = new TextDecoder();
    for await (const chunk of body) {
      rest += decoder.decode(chunk as Uint8Array, { stream: true });
      const lines = rest.split('\n');
      rest = lines.pop() ?? '';
      this.events.push(...lines.filter(Boolean).map((line) => JSON.parse(line) as WatchEvent));
    }
  }
}

export interface Place {
  api: Api;
  server: ClusterServer;
  namespace: string;
}

export interface Suite {
  /** One test of theirs, by its whole name, in a namespace of its own. */
  conformance: (name: string, play: (place: Place) => Promise<void>) => void;
  api: () => Api;
}

/** Serves one cluster for the tests of a file, its clock `speed` times the wall's. */
export function suite(speed = 20, ...flags: string[]): Suite {
  let server: ClusterServer;
  let count = 0;
  beforeAll(async () => {
    const ports = ['--port', '0', '--secure-port', '0', '--speed', String(speed)];
    const options = parseServeOptions([...ports, ...flags]);
    server = new ClusterServer(options, { pageFolder: '', nowMs: () => Date.now() });
    await server.listen();
  });
  afterAll(() => server.close());
  const api = (): Api => new Api(server.url);
  const conformance: Suite['conformance'] = (name, play) =>
    test(name, { timeout: 120_000 }, async () => {
      const namespace = `e2e-test-${++count}`;
      await makeNamespace(api(), namespace);
      await play({ api: api(), server, namespace });
      await api().core('namespaces').delete(namespace);
    });
  return { conformance, api };
}

export async function makeNamespace(api: Api, name: string, baseName = 'test'): Promise<void> {
  const labels = {
    'e2e-framework': baseName,
    'e2e-run': '6b5c2f0e-6e3a-4a0b-8a43-0e4ffe2a4a11',
    'kubernetes.io/metadata.name': name,
    'pod-security.kubernetes.io/enforce': 'privileged',
  };
  await api.core('namespaces').create({ metadata: { name, labels } });
  for (const [plural, own] of [
    ['serviceaccounts', 'default'],
    ['configmaps', 'kube-root-ca.crt'],
  ]) {
    const watch = api
      .core(plural, name)
      .watch({ fieldSelector: `metadata.name=${own}`, resourceVersion: 0 });
    await watch.next(own, ({ type }) => type === 'ADDED');
    watch.stop();
  }
}

/** Asks again and again until the answer is truthy; throws after a minute of the wall clock. */
export async function until<T>(
  what: string,
  ask: () => T | Promise<T>,
  timeoutMs = 60_000,
): Promise<Exclude<NonNullable<T>, false>> {
  const endMs = Date.now() + timeoutMs;
  for (;;) {
    const answer = await ask();
    if (answer) return answer as Exclude<NonNullable<T>, false>;
    if (Date.now() > endMs) throw new Error(`waited in vain for ${what}`);
    await sleep(POLL_MS);
  }
}

export function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}

export async function isMissing(answer: Promise<Item>): Promise<boolean> {
  try {
    await answer;
    return false;
  } catch (error) {
    if (error instanceof Refusal && error.code === 404) return true;
    throw error;
  }
}

/** The Status with which it was refused; throws when it was not. */
export async function refused(answer: Promise<Item>): Promise<Item> {
  try {
    await answer;
  } catch (error) {
    if (error instanceof Refusal) return error.status;
    throw error;
  }
  throw new Error('it was not refused');
}

function queryText(query: Query): string {
  const parts = Object.entries(query).map(([key, value]) => `${key}=${encodeURIComponent(value)}`);
  return parts.length ? `?${parts.join('&')}` : '';
}
