// What differs from run to run is masked in both the recorded and the new answer: uids, revisions,
// times, random suffixes, addresses. The masks are those with which the fixtures were recorded.

const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;
/** Fixed times in requests are of 2020 and stay. */
const TIME = /\b20(?:2[5-9]|[3-9]\d)-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d)/g;
const SUFFIX = '[bcdfghjklmnpqrstvwxz2456789]{5}';
const AGE_COLUMN = /^(age|last schedule|last seen|first seen|duration)$/i;
const NODE_PORT_MIN = 30085;

type Json = Record<string, unknown>;
type Rule = readonly [pattern: RegExp, mask: string];

const TEXT_RULES: readonly Rule[] = [
  [new RegExp(`(pods "[^"]*)-${SUFFIX}" is forbidden`, 'g'), '$1-<rand5>" is forbidden'],
  [/kube-api-access-[a-z0-9]{5}\b/g, 'kube-api-access-<rand5>'],
  [/\(0x[0-9a-f]{6,}\)/g, '(<ptr>)'],
  [/\beyJ[\w-]+\.[\w-]+\.[\w-]+/g, '<jwt>'],
  [UUID, '<uid>'],
  [TIME, '<time>'],
  [/\.[0-9a-f]{16}\b/g, '.<hex16>'],
  [/too old resource version: \d+ \(\d+\)/g, 'too old resource version: <rv> (<rv>)'],
  [
    /Too large resource version: (\d+), current: \d+/g,
    'Too large resource version: $1, current: <rv>',
  ],
  [/ResourceVersion in (precondition|object meta): \d+/g, 'ResourceVersion in $1: <rv>'],
  [/(resourceVersion\\*": ?\\*")\d+/g, '$1<rv>'],
  // In YAML.
  [/(resourceVersion: ")\d+"/g, '$1<rv>"'],
];

export class Masker {
  /** Generated names and values, as they were learnt from objects. */
  private readonly names = new Map<string, string>();
  private readonly prefixes = new Set<string>();

  /** A request that asks for a generated name tells how it will begin. */
  learnRequest(body: unknown): void {
    const prefix = (body as { metadata?: Json } | undefined)?.metadata?.generateName;
    if (typeof prefix === 'string' && prefix) this.prefixes.add(prefix);
  }

  learn(value: unknown): void {
    if (Array.isArray(value)) for (const item of value) this.learn(item);
    else if (typeof value === 'object' && value !== null) this.learnObject(value as Json);
  }

  private learnObject(object: Json): void {
    const { metadata = {} } = object as { metadata?: Json };
    const labels = (metadata?.labels ?? {}) as Record<string, string>;
    for (const label of HASH_LABELS) {
      const hash = labels[label]?.split('-').pop();
      if (hash && /^[a-z0-9]{6,10}$/.test(hash)) this.names.set(hash, '<hash>');
    }
    const status = (object.status ?? {}) as Record<string, unknown>;
    for (const field of REVISIONS) {
      const hash = /-([a-z0-9]{6,10})$/.exec(asText(status[field]))?.[1];
      if (hash) this.names.set(hash, '<hash>');
    }
    const { generateName: prefix, name } = metadata ?? {};
    if (typeof prefix === 'string' && prefix && typeof name === 'string') {
      const isGenerated = name.startsWith(prefix) && name.length === prefix.length + 5;
      if (isGenerated) this.names.set(name, prefix + '<rand5>');
    }
    const owners = (metadata?.ownerReferences ?? []) as Json[];
    const scheduled = typeof name === 'string' && /^(.*-)\d{8}$/.exec(name);
    if (scheduled && owners.some(({ kind }) => kind === 'CronJob')) {
      this.names.set(scheduled[0], scheduled[1] + '<minutes>');
    }
    const addresses = [object.clusterIP, object.clusterIPs].flat();
    for (const address of addresses) {
      if (typeof address === 'string' && /[.:]/.test(address)) this.names.set(address, '<ip>');
    }
    for (const key in object) this.learn(object[key]);
  }

  text(text: string): string {
    if (text.length < 4) return text;
    let result = text;
    const names = [...this.names].sort(([a], [b]) => b.length - a.length);
    for (const [name, mask] of names) result = result.replaceAll(name, this.hashesIn(mask));
    for (const prefix of this.prefixes) {
      const pattern = new RegExp(escapePattern(prefix) + SUFFIX + '\\b', 'g');
      result = result.replace(pattern, prefix + '<rand5>');
    }
    for (const [pattern, mask] of TEXT_RULES) result = result.replace(pattern, mask);
    return result;
  }

  mask(value: unknown, key = ''): unknown {
    if (typeof value === 'string') return this.maskText(value, key);
    if (typeof value === 'number') {
      const isPort = key === 'nodePort' || key === 'healthCheckNodePort';
      return isPort && value > NODE_PORT_MIN ? '<nodePort>' : value;
    }
    if (Array.isArray(value)) return value.map((item) => this.mask(item));
    if (typeof value !== 'object' || value === null) return value;
    const object = withMaskedAges(value as Json);
    return Object.fromEntries(
      Object.keys(object).map((key) => [this.maskKey(key), this.mask(object[key], key)]),
    );
  }

  /** In managedFields, keys hold values: 'k:{"uid":"..."}'. */
  private maskKey(key: string): string {
    return key.startsWith('k:') || key.startsWith('v:') ? this.text(key) : key;
  }

  private maskText(value: string, key: string): string {
    if (key === 'resourceVersion' && /^\d+$/.test(value) && value !== '0') return '<rv>';
    return key === 'continue' && value ? '<continue>' : this.text(value);
  }

  private hashesIn(mask: string): string {
    let result = mask;
    for (const [name, own] of this.names) {
      if (own === '<hash>') result = result.replaceAll(name, own);
    }
    return result;
  }
}

/** Of a StatefulSet's status: names that end in a hash. */
const REVISIONS = ['currentRevision', 'updateRevision'];

const HASH_LABELS = [
  'pod-template-hash',
  'controller-revision-hash',
  'controller.kubernetes.io/hash',
];

interface TableLike {
  columnDefinitions: { name: string; type: string }[];
  rows: { cells: unknown[] }[];
}

function withMaskedAges(object: Json): Json {
  if (object.kind !== 'Table' || !Array.isArray(object.columnDefinitions)) return object;
  const { columnDefinitions, rows } = object as unknown as TableLike;
  const masked = (rows ?? []).map((row) => ({
    ...row,
    cells: row.cells.map((cell, index) => maskCell(cell, columnDefinitions[index])),
  }));
  return { ...object, rows: masked };
}

function maskCell(cell: unknown, column: { name: string; type: string } | undefined): unknown {
  if (typeof cell !== 'string' || !column) return cell;
  const isAge = AGE_COLUMN.test(column.name) || column.type === 'date';
  if (isAge && cell !== '<none>' && cell !== '') return '<age>';
  if (!/^port\(s\)$/i.test(column.name)) return cell;
  return cell.replace(/:(3\d{4})/g, (text, port) =>
    Number(port) > NODE_PORT_MIN ? ':<nodePort>' : text,
  );
}

function escapePattern(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

function asText(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
