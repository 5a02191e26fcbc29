// A scenario file: YAML documents of machines, with which the cluster is built instead of the
// preset's, and of objects, which a person applies once it is up.
import { parseAllDocuments } from 'yaml';
import type { Machine } from '../../api/machine';
import type { Draft, KubeObject } from '../../api/object';
import type { Cluster } from '../../cluster/cluster';
import { UsageError } from './options';

export interface Scenario {
  /** Undefined when the file has none. */
  machines: Draft<Machine>[] | undefined;
  objects: KubeObject[];
}

/** Throws UsageError when the text is no YAML of objects. */
export function parseScenario(text: string, file: string): Scenario {
  const found: KubeObject[] = [];
  for (const document of parseAllDocuments(text, { version: '1.1' })) {
    if (document.errors.length > 0) throw new UsageError(`${file}: ${document.errors[0].message}`);
    const value = document.toJS() as (KubeObject & { items?: KubeObject[] }) | null;
    if (value === null) continue;
    if (!value.kind || !value.apiVersion) {
      throw new UsageError(`${file}: every document needs apiVersion and kind`);
    }
    found.push(...(value.kind === 'List' ? (value.items ?? []) : [value]));
  }
  const machines = found.filter(({ kind }) => kind === 'Machine');
  return {
    machines: machines.length > 0 ? (machines as unknown as Draft<Machine>[]) : undefined,
    objects: found.filter(({ kind }) => kind !== 'Machine'),
  };
}

const ESTABLISHED_MS = 50;

/** Creates the objects in their order. Throws UsageError with the server's words. */
export function applyScenario(cluster: Cluster, { objects }: Scenario, file: string): void {
  for (const object of objects) {
    const { apiVersion, kind, metadata } = object;
    const found = cluster.definitions.find(
      ({ ref }) => ref.kind === kind && ref.apiVersion === apiVersion,
    );
    if (!found) throw new UsageError(`${file}: no kind ${kind} in ${apiVersion} is served`);
    const { ref } = found;
    const root = ref.group ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
    const inside = ref.namespaced ? `/namespaces/${metadata.namespace ?? 'default'}` : '';
    const { status, body } = cluster.handle({
      method: 'POST',
      path: `${root}${inside}/${ref.resource}`,
      headers: { 'User-Agent': 'kubectl' },
      body: JSON.stringify(object),
    });
    if (status < 300) {
      // What it defines is served a moment later, and may come next.
      if (kind === 'CustomResourceDefinition') cluster.clock.runFor(ESTABLISHED_MS);
      continue;
    }
    const { message } = JSON.parse(body) as { message: string };
    throw new UsageError(`${file}: ${kind} ${metadata.name}: ${message}`);
  }
}
