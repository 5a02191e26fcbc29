// The recorded conversations with a real API server (fixtures/<area>/<case>.json), and the text of
// 1.28, in which they were recorded, brought to that of 1.36.
import { saysTheSame, withoutGoValues } from './go-values';

export interface GoldenRequest {
  method?: string;
  path: string;
  contentType?: string;
  accept?: string;
  headers?: Record<string, string | null>;
  userAgent?: string;
  body?: unknown;
  rawBody?: string;
}

export interface GoldenAnswer {
  status: number;
  headers?: Record<string, string | string[]>;
  body?: unknown;
  events?: unknown[];
}

export interface GoldenStep {
  request: GoldenRequest;
  /** Repeat the request until the answer contains this. */
  until?: unknown;
  timeoutMs?: number;
  sleepMs?: number;
  /** Give controllers time to finish with this path after the step. */
  settle?: string;
  select?: 'names' | 'keys' | 'paths' | 'openapiIndex' | 'lines' | 'none';
  sortEvents?: boolean;
  unordered?: boolean;
  response: GoldenAnswer;
}

export interface GoldenCase {
  area: string;
  name: string;
  why: string;
  namespace?: string;
  namespaceLabels?: Record<string, string>;
  steps: GoldenStep[];
}

/**
 * What is said or shown otherwise in 1.36, in recorded and new answers alike where both may have
 * it.
 */
const REWORDED: readonly (readonly [RegExp, string])[] = [
  // 1.32: field.TooLong says what is allowed, not what is had.
  [/must have at most (\d+) bytes/g, 'may not be more than $1 bytes'],
  [/must be no more than (\d+) characters/g, 'must be no more than $1 bytes'],
  // The recorded cluster had no CA of its own.
  [/^-----BEGIN CERTIFICATE-----[^]*$/, ''],
  // managedFields within a quoted document: none are kept yet.
  [/,\\*"managedFields\\*":\[.*?\}\}\}\]/g, ''],
  // The hash of a pod template is another, since the template's fields are other ones.
  [/(ReplicaSet \\*"[a-z0-9-]+-)[a-z0-9]{6,10}(?=\\*")/g, '$1<hash>'],
];

/** Fields that came after 1.28: compared only where the recording has them. */
const NEWER_FIELDS: ReadonlySet<string> = new Set([
  // Pods have a generation since 1.33, their status observes it.
  'generation',
  'observedGeneration',
  // 1.35: workloads count their terminating pods.
  'terminatingReplicas',
  // 1.28 beta, on since 1.29: when a volume came to its phase.
  'lastPhaseTransitionTime',
  // 1.29: status.hostIPs.
  'hostIPs',
  // Jobs: 1.29 and later.
  'manualSelector',
  'podReplacementPolicy',
  'terminating',
]);

/** An answer in the words of 1.36; `model` is the recorded answer that it will be compared to. */
export function asIn136(value: unknown, model: unknown = value): unknown {
  if (typeof value === 'string') return textIn136(value, model);
  if (isManagedFields(value)) return managedFieldsIn136(value, model);
  if (Array.isArray(value)) {
    const models = Array.isArray(model) ? model : [];
    return value.map((item, index) => asIn136(item, models[index]));
  }
  if (typeof value !== 'object' || value === null) return value;
  const known = (model ?? {}) as Record<string, unknown>;
  const entries = Object.entries(value).filter(([key, member]) => !isLeftOut(key, member, known));
  // What stood below a field is gone: the field stands for itself.
  const isLeaf = 'f:creationTimestamp' in value && entries.length === 1 && entries[0][0] === '.';
  if (isLeaf) return {};
  return Object.fromEntries(entries.map(([key, member]) => [key, asIn136(member, known[key])]));
}

function textIn136(text: string, model: unknown): string {
  const reworded = REWORDED.reduce((old, [pattern, now]) => old.replace(pattern, now), text);
  if (typeof model !== 'string') return reworded;
  const wanted = withoutGoValues(
    REWORDED.reduce((old, [pattern, now]) => old.replace(pattern, now), model),
  );
  if (text === model) return wanted;
  return wanted.includes('<value>') && saysTheSame(reworded, wanted) ? wanted : reworded;
}

/**
 * 1.34 leaves an empty creationTimestamp out; columns are described as the types' newer docs say.
 */
function isLeftOut(key: string, value: unknown, model: Record<string, unknown>): boolean {
  if (key === 'creationTimestamp' && value === null) return true;
  if (key === 'f:creationTimestamp') return true;
  if (key === 'description' && 'priority' in model && 'format' in model) return true;
  const field = key.startsWith('f:') ? key.slice(2) : key;
  return NEWER_FIELDS.has(field) && !(key in model);
}

interface Entry {
  manager?: string;
  operation?: string;
  subresource?: string;
}

function isManagedFields(value: unknown): value is Entry[] {
  if (!Array.isArray(value) || value.length === 0) return false;
  const [first] = value as unknown[];
  return typeof first === 'object' && first !== null && 'fieldsType' in first;
}

/** Sorted as the recorder did, since the server's own order depends on whole seconds. */
function managedFieldsIn136(entries: readonly Entry[], model: unknown): unknown {
  const key = ({ manager, operation, subresource }: Entry): string =>
    [manager, operation, subresource].join('\n');
  const sorted = entries.toSorted((a, b) => (key(a) < key(b) ? -1 : 1));
  const models = isManagedFields(model) ? model : [];
  return sorted.map((entry, index) => {
    const known = (models[index] ?? {}) as Record<string, unknown>;
    const members = Object.entries(entry).map(([name, member]) => [
      name,
      asIn136(member, known[name]),
    ]);
    return Object.fromEntries(members) as unknown;
  });
}
