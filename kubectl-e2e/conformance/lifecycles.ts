// The two ways in which the end-to-end tests walk through every verb of a kind: the generic one of
// their newer tests, with an informer looking on, and the one that the older tests share.
// Upstream: test/e2e/framework/conformance, "should support ... API operations".
import { expect } from 'vitest';
import {
  isMissing,
  list,
  text,
  until,
  type Item,
  type PatchType,
  type Place,
  type Resource,
} from './framework';

export interface Lifecycle {
  groupVersion: string;
  plural: string;
  /** Cluster-wide unless true. */
  namespaced?: boolean;
  initial: object;
  update: (object: Item) => object;
  updateStatus?: (object: Item) => object;
  patch: object;
  patchStatus?: object;
}

const LABEL = 'e2e-test.kubernetes.io';
const PATCH_TYPES: PatchType[] = ['strategic', 'apply', 'merge'];

/** Creates, updates, patches, lists and deletes; asserts that nothing that was sent got lost. */
export async function liveThrough(place: Place, life: Lifecycle): Promise<void> {
  const { api, namespace } = place;
  const everywhere = api.of(life.groupVersion, life.plural);
  const client = life.namespaced ? api.of(life.groupVersion, life.plural, namespace) : everywhere;
  const { metadata, ...rest } = life.initial as { metadata?: { labels?: object; name?: string } };
  const name = metadata?.name ?? `test-${namespace}`;
  const labels = { ...metadata?.labels, [LABEL]: namespace };
  const initial = { ...rest, metadata: { ...metadata, name, labels } };
  const selector = { labelSelector: `${LABEL}=${namespace}` };

  const { resources } = await api.ask('GET', `/apis/${life.groupVersion}`);
  const served = list(resources).find((entry) => text(entry.name) === life.plural);
  expect(served).toBeDefined();
  const kind = { apiVersion: life.groupVersion, kind: text(served!.kind) };

  // An informer of today: it watches from nothing and is told when it has everything.
  const informer = client.watch({
    ...selector,
    resourceVersion: '',
    sendInitialEvents: true,
    resourceVersionMatch: 'NotOlderThan',
    timeoutSeconds: 400,
  });
  const synced = await until('the end of the initial events', () => informer.take()[0]);
  expect([synced.type, synced.object.kind, synced.object.metadata.annotations]).toEqual([
    'BOOKMARK',
    kind.kind,
    { 'k8s.io/initial-events-end': 'true' },
  ]);

  const create = (): Promise<Item> =>
    client.create({ ...kind, ...initial }, { fieldValidation: 'Strict' });
  const created = await create();
  expect(created).toMatchObject(initial);
  expect((await informer.type('ADDED')).object).toEqual({ ...kind, ...created });
  expect(await client.get(name)).toMatchObject(initial);

  const updated = await client.change(name, life.update);
  const wanted = bare(life.update(initial as never));
  expect(updated).toMatchObject(wanted);
  expect(Number(updated.metadata.resourceVersion)).toBeGreaterThan(
    Number(created.metadata.resourceVersion),
  );
  await informer.type('MODIFIED');

  if (life.updateStatus) {
    const withStatus = await client.change(name, life.updateStatus, 'status');
    const { status } = life.updateStatus(initial as never) as { status: object };
    expect(withStatus).toMatchObject({ ...wanted, status });
    expect((await client.get(name, 'status')).status).toEqual(withStatus.status);
  }
  for (const type of PATCH_TYPES) {
    await again(client, name, create);
    const patched = await patchWith(client, name, type, { ...kind, ...life.patch });
    expect(patched).toMatchObject(wanted);
  }
  for (const type of life.patchStatus ? PATCH_TYPES : []) {
    await again(client, name, create);
    await client.change(name, life.update);
    const patched = await patchWith(client, name, type, { ...kind, ...life.patchStatus }, 'status');
    expect(patched).toMatchObject(life.patchStatus!);
  }
  for (const place of [client, everywhere]) {
    const { items } = await place.list(selector);
    expect(items.map((item) => item.metadata.name)).toEqual([name]);
  }
  await client.deleteAll(selector);
  await client.gone(name);
  await informer.type('DELETED');
  informer.stop();
}

async function again(client: Resource, name: string, create: () => Promise<Item>): Promise<void> {
  await client.delete(name);
  await client.gone(name);
  await create();
}

async function patchWith(
  client: Resource,
  name: string,
  type: PatchType,
  patch: object,
  subresource?: string,
): Promise<Item> {
  const existing = await client.get(name);
  const { namespace, uid } = existing.metadata;
  const { metadata } = patch as { metadata?: object };
  const body = { ...patch, metadata: { ...metadata, namespace, name, uid } };
  const strict = { fieldValidation: 'Strict' };
  const query = type === 'apply' ? { ...strict, fieldManager: 'test-apply', force: true } : strict;
  return client.patch(name, type, body, subresource, query);
}

/** Without what only an object that exists has. */
function bare(object: object): object {
  const { metadata, ...rest } = object as Item;
  const { resourceVersion: _, ...more } = metadata;
  return { ...rest, metadata: more };
}

export interface Operations {
  groupVersion: string;
  plural: string;
  namespaced?: boolean;
  /** Without a name: each gets one of its own. */
  template: object;
  /** Set by a patch and by an update of the status. */
  status?: { patch: object; update: object };
  /** Where the kind is particular about names. */
  names?: string[];
  /** Subresources that discovery has to tell of, besides status. */
  subresources?: string[];
}

/** Discovery, create, get, list, watch, patch, update, status, delete, deletecollection. */
export async function operate(place: Place, what: Operations): Promise<void> {
  const { api, namespace } = place;
  await expectDiscovery(place, what);
  const everywhere = api.of(what.groupVersion, what.plural);
  const client = what.namespaced ? api.of(what.groupVersion, what.plural, namespace) : everywhere;
  const selector = { labelSelector: `special-label=${namespace}` };
  const { metadata, ...rest } = what.template as { metadata?: object };
  const body = (name: string): object => ({
    ...rest,
    metadata: { ...metadata, name, labels: { 'special-label': namespace } },
  });
  const names =
    what.names ?? ['one', 'two', 'three'].map((part) => `e2e-example-${part}-${namespace}`);
  const [name] = names;

  const created = await client.create(body(name));
  expect(await client.get(name)).toMatchObject({ metadata: { uid: created.metadata.uid } });
  for (const own of names.slice(1)) await client.create(body(own));
  for (const place of [everywhere, client]) {
    expect((await place.list(selector)).items).toHaveLength(3);
  }
  const { metadata: all } = await client.list(selector);
  const watch = client.watch({ ...selector, resourceVersion: text(all.resourceVersion) });

  const patched = await client.patch(name, 'merge', {
    metadata: { annotations: { patched: 'true' } },
  });
  expect(patched.metadata.annotations.patched).toBe('true');
  const updated = await client.change(name, (object) => ({
    ...object,
    metadata: {
      ...object.metadata,
      annotations: { ...object.metadata.annotations, updated: 'true' },
    },
  }));
  expect(updated.metadata.annotations).toMatchObject({ patched: 'true', updated: 'true' });
  await watch.next(
    'patched and updated',
    ({ type, object }) => type === 'MODIFIED' && 'updated' in object.metadata.annotations,
  );

  if (what.status) await operateStatus(client, name, what.status);

  await client.delete(name);
  await client.gone(name);
  await watch.type('DELETED');
  expect((await client.list(selector)).items).toHaveLength(2);
  await client.deleteAll(selector);
  await until('all to be gone', async () => !(await client.list(selector)).items.length);
  watch.stop();
  expect(await isMissing(client.get(name))).toBe(true);
}

async function operateStatus(
  client: Resource,
  name: string,
  { patch, update }: NonNullable<Operations['status']>,
): Promise<void> {
  const annotations = { patchedstatus: 'true' };
  const patched = await client.patch(
    name,
    'merge',
    { metadata: { annotations }, status: patch },
    'status',
  );
  expect(patched).toMatchObject({ status: among(patch), metadata: { annotations } });
  const updated = await client.change(
    name,
    (object) => ({ ...object, status: { ...object.status, ...update } }),
    'status',
  );
  expect(updated.status).toMatchObject(among(update));
  expect((await client.get(name, 'status')).status).toMatchObject(among(update));
}

/** A controller may add conditions of its own meanwhile. */
function among(status: object): object {
  const { conditions, ...rest } = status as { conditions?: object[] };
  if (!conditions) return status;
  const each = conditions.map((one) => expect.objectContaining(one) as object);
  return { ...rest, conditions: expect.arrayContaining(each) as object };
}

async function expectDiscovery(
  { api }: Place,
  { groupVersion, plural, status, subresources = [] }: Operations,
): Promise<void> {
  const own = [...subresources, ...(status ? ['status'] : [])];
  const wanted = [plural, ...own.map((part) => `${plural}/${part}`)];
  if (groupVersion === 'v1') {
    const { resources } = await api.ask('GET', '/api/v1');
    expect(list(resources).map(({ name }) => text(name))).toEqual(expect.arrayContaining(wanted));
    return;
  }
  const [group, version] = groupVersion.split('/');
  const { groups } = await api.ask('GET', '/apis');
  const entry = list(groups).find(({ name }) => text(name) === group);
  const versions = list(entry?.versions).map((one) => text(one.groupVersion));
  expect(versions).toContain(groupVersion);
  const one = await api.ask('GET', `/apis/${group}`);
  expect(list(one.versions).map((each) => text(each.version))).toContain(version);
  const { resources } = await api.ask('GET', `/apis/${groupVersion}`);
  expect(list(resources).map(({ name }) => text(name))).toEqual(expect.arrayContaining(wanted));
}
