// Bodies in YAML, in the dialect of Go's reader: version 1.1 (`0644` is 420, `on` and `y` are true,
// also as keys) without timestamps, sets, binary and base-60 numbers. Only the first document
// counts. Where the real one differs: some syntax errors are worded or counted otherwise.
// Upstream: sigs.k8s.io/yaml.
import { isAlias, isMap, isScalar, isSeq, LineCounter, parseDocument } from 'yaml';
import type { Alias, Document, Node, Tags, YAMLError, YAMLMap } from 'yaml';
import { JsonSyntaxError, parseJson } from '../decode/parse-json';
import type { ReadBody, ReadText } from '../decode/read-body';
import { setMember, type JsonObject } from '../patch/json-value';
import { YamlSyntaxError } from './yaml-error';

/** Reads YAML, and JSON, which is YAML too. Throws YamlSyntaxError. */
export const readYaml: ReadText = (text): ReadBody => {
  const json = asJson(text);
  if (json) return json;
  const counter = new LineCounter();
  const document = parseDocument(text, {
    version: '1.1',
    customTags: goTags,
    uniqueKeys: false,
    prettyErrors: false,
    lineCounter: counter,
  });
  const [error] = document.errors.filter(({ code }) => code !== 'MULTIPLE_DOCS');
  if (error) throw new YamlSyntaxError(wordsOf(error, text), lineOf(error, counter));
  return new Conversion(document, counter).run();
};

/**
 * What clients write is mostly JSON, which reads ten times faster; what is not plain is not read.
 */
function asJson(text: string): ReadBody | undefined {
  if (!/^\s*\{/.test(text) || text.includes('"<<"')) return undefined;
  try {
    const { value, duplicates } = parseJson(text);
    return duplicates.size === 0 ? { value, duplicates, complaints: [] } : undefined;
  } catch (error) {
    if (error instanceof JsonSyntaxError) return undefined;
    throw error;
  }
}

const DROPPED = new Set(['timestamp', 'set', 'omap', 'pairs', 'binary']);

function goTags(tags: Tags): Tags {
  return tags.filter((tag) => {
    if (typeof tag === 'string') return !DROPPED.has(tag) && !tag.endsWith('Time');
    const name = tag.tag.slice(tag.tag.lastIndexOf(':') + 1);
    return !DROPPED.has(name) && !('format' in tag && tag.format === 'TIME');
  });
}

/** `<<`: the members of another map, where this one does not have them. */
const MERGE = '<<';
const ALIASED_MAX = 100_000;

class Conversion {
  private readonly complaints: string[] = [];
  private readonly open = new Set<Node>();
  /** Nodes that stand for themselves again, by an alias. */
  private aliased = 0;

  constructor(
    private readonly document: Document.Parsed,
    private readonly counter: LineCounter,
  ) {}

  run(): ReadBody {
    const value = this.value(this.document.contents);
    return { value, duplicates: new Map(), complaints: this.complaints };
  }

  private value(node: Node | null | undefined): unknown {
    // Aliases of aliases grow beyond all bounds.
    if (this.open.size > 0 && ++this.aliased > ALIASED_MAX) {
      throw new YamlSyntaxError('document contains excessive aliasing', 0);
    }
    if (isAlias(node)) {
      return this.alias(node);
    }
    if (isMap(node)) return this.map(node);
    if (isSeq(node)) return node.items.map((item) => this.value(item as Node));
    if (!isScalar(node)) return null;
    const { value } = node;
    return typeof value === 'bigint' ? Number(value) : (value ?? null);
  }

  private alias(node: Alias): unknown {
    const target = node.resolve(this.document);
    if (!target) throw new YamlSyntaxError(`unknown anchor '${node.source}' referenced`, 0);
    if (this.open.has(target)) {
      throw new YamlSyntaxError(`anchor '${node.source}' value contains itself`, 0);
    }
    this.open.add(target);
    const value = this.value(target);
    this.open.delete(target);
    return value;
  }

  private map(node: YAMLMap): JsonObject {
    const result: JsonObject = {};
    for (const { key, value } of node.items) {
      const name = this.key(key as Node);
      if (Object.hasOwn(result, name)) this.complain(key as Node, name);
      const converted = this.value(value as Node);
      if (name === MERGE && isMergeable(converted)) mergeInto(result, converted);
      else setMember(result, name, converted);
    }
    return result;
  }

  private key(node: Node): string {
    if (isScalar(node) && typeof node.value === 'symbol') return MERGE;
    const key = this.value(node);
    if (typeof key === 'string') return key;
    if (typeof key === 'number' || typeof key === 'boolean') return String(key);
    const what = key === null ? '%!s(<nil>)' : Array.isArray(key) ? 'slice' : 'map';
    throw new YamlSyntaxError(`unsupported map key of type: ${what}`, 0);
  }

  private complain(node: Node, name: string): void {
    const { line } = this.counter.linePos(node.range?.[0] ?? 0);
    this.complaints.push(`line ${line}: key ${JSON.stringify(name)} already set in map`);
  }
}

function isMergeable(value: unknown): value is JsonObject | JsonObject[] {
  return typeof value === 'object' && value !== null;
}

/** `<<: *base`: what is there already stays. */
function mergeInto(result: JsonObject, merged: JsonObject | JsonObject[]): void {
  for (const source of Array.isArray(merged) ? merged : [merged]) {
    for (const name in source) {
      if (!Object.hasOwn(result, name)) setMember(result, name, source[name]);
    }
  }
}

/** Parser errors are counted from the line before, as Go's reader counts them. */
function lineOf({ pos }: YAMLError, counter: LineCounter): number {
  return Math.max(1, counter.linePos(pos[0]).line - 1);
}

function wordsOf({ code, message }: YAMLError, text: string): string {
  switch (code) {
    case 'MISSING_CHAR':
      return missing(message);
    case 'BAD_INDENT':
      return message.startsWith('Flow') ? unclosed(message, text) : 'did not find expected key';
    case 'UNEXPECTED_TOKEN':
      return unexpected(message, text);
    case 'BLOCK_AS_IMPLICIT_KEY':
    case 'BLOCK_IN_FLOW':
      return 'mapping values are not allowed in this context';
    case 'BAD_SCALAR_START':
    case 'TAB_AS_INDENT':
      return 'found character that cannot start any token';
    case 'BAD_DQ_ESCAPE':
      return 'found unknown escape character';
    case 'MULTILINE_IMPLICIT_KEY':
      return "could not find expected ':'";
    default:
      return 'did not find expected key';
  }
}

function missing(message: string): string {
  if (/quote/i.test(message)) return 'found unexpected end of stream';
  return "could not find expected ':'";
}

function unexpected(message: string, text: string): string {
  if (message.includes('flow-')) return 'did not find expected node content';
  return /^\s*-/.test(text) ? "did not find expected '-' indicator" : 'did not find expected key';
}

/** Of a list or map between brackets. */
function unclosed(message: string, text: string): string {
  const bracket = /sequence/i.test(message) ? ']' : '}';
  const isOpen = /[[{,]\s*$/.test(text);
  return isOpen
    ? 'did not find expected node content'
    : `did not find expected ',' or '${bracket}'`;
}
