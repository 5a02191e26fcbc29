// LimitRanger: gives containers the default requests and limits of their namespace, and refuses
// pods and claims that ask for too much or too little.
// Upstream: plugin/pkg/admission/limitranger/admission.go.
import type { ILimitRangeItem } from 'kubernetes-models/v1/LimitRangeItem';
import { limitRanges, persistentVolumeClaims } from '../../api/extension-refs';
import type { LimitRange, PersistentVolumeClaim } from '../../api/extension-types';
import type { KubeObject } from '../../api/object';
import { podLimits, podRequests } from '../../api/pod-requests';
import { canonicalQuantity, parseQuantity } from '../../api/quantity';
import type { Amounts } from '../../api/resource-amounts';
import { pods } from '../../api/resource-ref';
import { forbidden } from '../../api/status-error';
import type { Container, Pod } from '../../api/types';
import type { AdmissionRequest, AdmissionStep } from './chain';

const ANNOTATION = 'kubernetes.io/limit-ranger';

export const limitRanger: AdmissionStep = {
  name: 'LimitRanger',
  operations: ['CREATE', 'UPDATE'],
  resources: [pods.key, persistentVolumeClaims.key],
  subresources: ['', 'resize'],
  admit(object: KubeObject, { operation, ref, store, namespace }: AdmissionRequest): KubeObject {
    if (operation !== 'CREATE' || ref.key !== pods.key) return object;
    if (store.count(limitRanges.key) === 0) return object;
    const ranges = store.list(limitRanges.key, namespace) as LimitRange[];
    return ranges.reduce((pod, range) => withDefaults(pod, range), object as Pod);
  },
  validate(object: KubeObject, request: AdmissionRequest): void {
    const { ref, store, namespace, operation, subresource } = request;
    if (store.count(limitRanges.key) === 0) return;
    if (ref.key === pods.key && operation === 'UPDATE' && subresource === '') return;
    for (const range of store.list(limitRanges.key, namespace) as LimitRange[]) {
      const problems = (range.spec.limits ?? []).flatMap((limit) =>
        ref.key === pods.key
          ? podProblems(limit, object as Pod)
          : claimProblems(limit, object as PersistentVolumeClaim),
      );
      if (problems.length === 0) continue;
      const unique = [...new Set(problems)];
      const why = unique.length === 1 ? unique[0] : `[${unique.join(', ')}]`;
      throw forbidden(ref, object.metadata.name || (object.metadata.generateName ?? ''), why);
    }
  },
};

function withDefaults(pod: Pod, { spec }: LimitRange): Pod {
  const limit = (spec.limits ?? []).find(({ type }) => type === 'Container');
  if (!limit) return pod;
  const notes: string[] = [];
  const fill = (container: Container, what: string): Container =>
    filled(container, limit, what, notes);
  const containers = pod.spec.containers.map((container) => fill(container, 'container'));
  const starting = pod.spec.initContainers?.map((container) => fill(container, 'init container'));
  if (notes.length === 0) return pod;
  pod.spec.containers = containers;
  if (starting) pod.spec.initContainers = starting;
  const said = `LimitRanger plugin set: ${notes.join('; ')}`;
  pod.metadata.annotations = { ...pod.metadata.annotations, [ANNOTATION]: said };
  return pod;
}

function filled(
  container: Container,
  limit: ILimitRangeItem,
  what: string,
  notes: string[],
): Container {
  const resources = { ...container.resources };
  const missing = (part: 'requests' | 'limits', defaults: Amounts = {}): void => {
    const given = (resources[part] ?? {}) as Amounts;
    const names = Object.keys(defaults)
      .filter((name) => given[name] === undefined)
      .sort();
    if (names.length === 0) return;
    resources[part] = { ...given, ...Object.fromEntries(names.map((n) => [n, defaults[n]])) };
    notes.push(`${names.join(', ')} ${part.slice(0, -1)} for ${what} ${container.name}`);
  };
  missing('requests', limit.defaultRequest as Amounts | undefined);
  missing('limits', limit.default as Amounts | undefined);
  return { ...container, resources };
}

function podProblems(limit: ILimitRangeItem, { spec }: Pod): string[] {
  if (limit.type === 'Container') {
    return [...spec.containers, ...(spec.initContainers ?? [])].flatMap(({ resources }) =>
      problems(limit, resources?.requests ?? {}, resources?.limits ?? {}),
    );
  }
  if (limit.type !== 'Pod') return [];
  return problems(limit, podRequests(spec), podLimits(spec));
}

function claimProblems(limit: ILimitRangeItem, { spec }: PersistentVolumeClaim): string[] {
  if (limit.type !== 'PersistentVolumeClaim') return [];
  const requests = (spec.resources?.requests ?? {}) as Amounts;
  const found: string[] = [];
  for (const [name, least] of sorted(limit.min)) {
    const text = `minimum ${name} usage per ${limit.type} is ${canonicalQuantity(least)}`;
    const asked = requests[name];
    if (asked === undefined) found.push(`${text}.  No request is specified`);
    else if (parseQuantity(asked) < parseQuantity(least)) {
      found.push(`${text}, but request is ${canonicalQuantity(asked)}`);
    }
  }
  for (const [name, most] of sorted(limit.max)) {
    const text = `maximum ${name} usage per ${limit.type} is ${canonicalQuantity(most)}`;
    const asked = requests[name];
    if (asked === undefined) found.push(`${text}.  No request is specified`);
    else if (parseQuantity(asked) > parseQuantity(most)) {
      found.push(`${text}, but request is ${canonicalQuantity(asked)}`);
    }
  }
  return found;
}

function problems(limit: ILimitRangeItem, requests: Amounts, limits: Amounts): string[] {
  const { type } = limit;
  const found: string[] = [];
  for (const [name, least] of sorted(limit.min)) {
    const text = `minimum ${name} usage per ${type} is ${canonicalQuantity(least)}`;
    found.push(
      ...outside(text, 'request', requests[name], limits[name], (amount) => {
        return parseQuantity(amount) < parseQuantity(least);
      }),
    );
  }
  for (const [name, most] of sorted(limit.max)) {
    const text = `maximum ${name} usage per ${type} is ${canonicalQuantity(most)}`;
    found.push(
      ...outside(text, 'limit', limits[name], requests[name], (amount) => {
        return parseQuantity(amount) > parseQuantity(most);
      }),
    );
  }
  for (const [name, ratio] of sorted(limit.maxLimitRequestRatio)) {
    const text = `${name} max limit to request ratio per ${type} is ${canonicalQuantity(ratio)}`;
    const problem = ratioProblem(requests[name], limits[name], ratio);
    if (problem) found.push(`${text}, but ${problem}`);
  }
  return found;
}

/** The first amount has to be there; the other is looked at when it is. */
function outside(
  text: string,
  what: 'request' | 'limit',
  amount: string | number | undefined,
  other: string | number | undefined,
  isOutside: (amount: string | number) => boolean,
): string[] {
  if (amount === undefined) return [`${text}.  No ${what} is specified`];
  if (isOutside(amount)) return [`${text}, but ${what} is ${canonicalQuantity(amount)}`];
  if (other === undefined || !isOutside(other)) return [];
  const second = what === 'request' ? 'limit' : 'request';
  return [`${text}, but ${second} is ${canonicalQuantity(other)}`];
}

function ratioProblem(
  request: string | number | undefined,
  limit: string | number | undefined,
  ratio: string | number,
): string | undefined {
  if (!request || parseQuantity(request) === 0) return 'no request is specified or request is 0';
  if (!limit || parseQuantity(limit) === 0) return 'no limit is specified or limit is 0';
  const actual = parseQuantity(limit) / parseQuantity(request);
  return actual > parseQuantity(ratio) ? `provided ratio is ${actual.toFixed(6)}` : undefined;
}

function sorted(amounts: object | undefined): [string, string | number][] {
  return Object.entries((amounts ?? {}) as Amounts).sort(([a], [b]) => (a < b ? -1 : 1));
}
