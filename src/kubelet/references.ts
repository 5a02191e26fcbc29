// ConfigMaps and Secrets that a pod's containers and volumes refer to, as the kubelet looks them
// up: remembered for a short while, so that a hundred pods with one ConfigMap ask for it once.
// Upstream: pkg/kubelet/util/manager, pkg/kubelet/kubelet_pods.go (makeEnvironmentVariables),
// pkg/volume/{configmap,secret,projected}.
import { configMaps, secrets } from '../api/resource-ref';
import { isNotFound } from '../api/status-error';
import type { ConfigMap, Container as ContainerSpec, Secret, Volume } from '../api/types';
import type { KubeletContext } from './context';

type Source = 'configmap' | 'secret';

interface Known {
  object: ConfigMap | Secret;
  untilMs: number;
}

const FRESH_MS = 60_000;
const KNOWN_MAX = 256;

export class References {
  private readonly known = new Map<string, Known>();

  constructor(private readonly context: KubeletContext) {}

  /** Why the container's environment cannot be made, in the kubelet's words; '' when it can. */
  environmentProblem(namespace: string, spec: ContainerSpec): string {
    for (const { configMapRef, secretRef } of spec.envFrom ?? []) {
      const problem =
        this.missing('configmap', namespace, configMapRef) ||
        this.missing('secret', namespace, secretRef);
      if (problem) return problem;
    }
    for (const { valueFrom } of spec.env ?? []) {
      if (!valueFrom) continue;
      const problem =
        this.missingKey('configmap', namespace, valueFrom.configMapKeyRef) ||
        this.missingKey('secret', namespace, valueFrom.secretKeyRef);
      if (problem) return problem;
    }
    return '';
  }

  /** Why the volume cannot be mounted; '' when it can. */
  volumeProblem(namespace: string, volume: Volume): string {
    const { configMap, secret, projected } = volume;
    if (configMap) return this.missingItems('configmap', namespace, configMap);
    if (secret) {
      const { secretName: name, optional, items } = secret;
      return this.missingItems('secret', namespace, { name, optional, items });
    }
    for (const source of projected?.sources ?? []) {
      const problem =
        this.missingItems('configmap', namespace, source.configMap) ||
        this.missingItems('secret', namespace, source.secret);
      if (problem) return problem;
    }
    return '';
  }

  private missing(
    source: Source,
    namespace: string,
    reference: { name?: string; optional?: boolean } | undefined,
  ): string {
    if (!reference || this.find(source, namespace, reference.name!) || reference.optional)
      return '';
    return `${source} "${reference.name}" not found`;
  }

  private missingKey(
    source: Source,
    namespace: string,
    reference: { name?: string; key: string; optional?: boolean } | undefined,
  ): string {
    if (!reference || reference.optional) return '';
    const { name, key } = reference;
    const object = this.find(source, namespace, name!);
    if (!object) return `${source} "${name}" not found`;
    if (hasKey(object, key)) return '';
    const kind = source === 'configmap' ? 'ConfigMap' : 'Secret';
    return `couldn't find key ${key} in ${kind} ${namespace}/${name}`;
  }

  private missingItems(
    source: Source,
    namespace: string,
    reference: { name?: string; optional?: boolean; items?: { key: string }[] } | undefined,
  ): string {
    if (!reference) return '';
    const object = this.find(source, namespace, reference.name!);
    if (!object) return this.missing(source, namespace, reference);
    if (reference.optional) return '';
    const absent = reference.items?.find(({ key }) => !hasKey(object, key));
    return absent
      ? `references non-existent ${source === 'secret' ? 'secret' : 'config'} key: ${absent.key}`
      : '';
  }

  private find(source: Source, namespace: string, name: string): ConfigMap | Secret | undefined {
    const { client, sim } = this.context;
    const key = `${source}/${namespace}/${name}`;
    const known = this.known.get(key);
    if (known && known.untilMs > sim.clock.nowMs) return known.object;
    try {
      const ref = source === 'configmap' ? configMaps : secrets;
      const object = client.get<ConfigMap | Secret>(ref, namespace, name);
      if (this.known.size >= KNOWN_MAX) this.known.clear();
      this.known.set(key, { object, untilMs: sim.clock.nowMs + FRESH_MS });
      return object;
    } catch (error) {
      if (!isNotFound(error)) throw error;
      this.known.delete(key);
      return undefined;
    }
  }
}

function hasKey(object: ConfigMap | Secret, key: string): boolean {
  const { data } = object;
  const more = object.kind === 'ConfigMap' ? (object as ConfigMap).binaryData : undefined;
  return Boolean((data && key in data) || (more && key in more));
}
