// What would mend a problem, as edits of the text: one rule a kind of message. A fix is offered
// only where it leaves no doubt about what was meant; it is an edit like any other and can be
// undone.
import type { WireSchema } from '../../api/wire-schema';
import { fieldSchema, kindSchema } from '../../api/wire-schema';
import { parseFieldPath } from '../../kubectl/apply/field-path';
import type { TextRange } from '../../kubectl/apply/locate-field';
import type { Manifest, ManifestObject } from '../../kubectl/apply/manifest';
import type { EditorProblem, QuickFix } from '../state/editor-store';
import { currentVersions } from './current-versions';
import { nearestName } from './nearest-name';
import { words as editor } from './words';

const words = editor.fixes;
const FIXES_MAX = 3;

export interface FixSources {
  text: string;
  manifest: Manifest;
  schema: WireSchema;
}

type Rule = (message: string, sources: FixSources, problem: EditorProblem) => QuickFix[];

/** Up to three fixes for a problem of a manifest, the likeliest first. */
export function fixesFor(problem: EditorProblem, sources: FixSources): QuickFix[] {
  const found = rules.flatMap((rule) => rule(problem.message, sources, problem));
  return found.slice(0, FIXES_MAX);
}

const rules: readonly Rule[] = [
  /** The template's labels are brought to what the selector asks for. */
  (message, { manifest, text }) => {
    if (!message.includes('`selector` does not match template `labels`')) return [];
    const spec = manifest.object?.['spec'] as DeploymentLike | undefined;
    const labels = spec?.template?.metadata?.labels ?? {};
    return Object.entries(spec?.selector?.matchLabels ?? {}).flatMap(([key, value]) => {
      if (labels[key] === value) return [];
      const path = `spec.template.metadata.labels[${key}]`;
      return key in labels
        ? [replace(words.change(value), manifest.locate(path), scalar(value))]
        : insert(`${key}: ${scalar(value)}`, path, { manifest, text });
    });
  },
  /** A kind that is served under another version today. */
  (message, { manifest }) => {
    const [, kind = ''] = /^no matches for kind "([^"]+)"/.exec(message) ?? [];
    const version = currentVersions[kind];
    if (!version || version === manifest.object?.apiVersion) return [];
    return [replace(words.version(version), manifest.locate('apiVersion'), version)];
  },
  /** A field that is nearly the name of one that exists; else it goes. */
  (message, { manifest, schema }) => {
    const [, path] = /^unknown field "([^"]+)"$/.exec(message) ?? [];
    if (path === undefined || !manifest.object) return [];
    const segments = parseFieldPath(path);
    const wrong = String(segments.at(-1));
    const names = fieldNames(schema, manifest.object, segments.slice(0, -1));
    const name = nearestName(wrong, names);
    if (name === undefined) return [];
    return [replace(words.rename(name), manifest.locate(path, { atKey: true }), name)];
  },
  /** A field that has to be there, with what it most often holds. */
  (message, { manifest, text }) => {
    const [, path] = /^([\w.[\]/-]+): Required value/.exec(message) ?? [];
    if (path === undefined || !manifest.object) return [];
    const found = required.find(([pattern]) => pattern.test(path));
    const lines = found?.[1](manifest.object);
    return lines ? insert(lines, path, { manifest, text }) : [];
  },
  (message, { manifest, text }, problem) => {
    if (message !== 'resource name may not be empty') return [];
    const { kind = 'object' } = readKind(text, problem.range.startLine);
    const name = kind.toLowerCase();
    return insert(`metadata:\n  name: ${name}`, 'metadata', { manifest, text });
  },
  /** One of a few values, the nearest to what was written first. */
  (message, _sources, { range }) => {
    const match = /Unsupported value: "([^"]*)": supported values: (.*)$/s.exec(message);
    if (!match) return [];
    const values = [...match[2]!.matchAll(/"([^"]*)"/g)].map(([, value]) => value!);
    const first = nearestName(match[1]!, values);
    const order = first === undefined ? values : [first, ...values.filter((it) => it !== first)];
    return order.map((value) => replace(words.change(value), range, scalar(value)));
  },
  /** A name in the letters that names may have. */
  (message, _sources, { range }) => {
    const match = /Invalid value: "([^"]+)": a (?:lowercase )?RFC (?:1123|1035)/.exec(message);
    const name =
      match &&
      match[1]!
        .toLowerCase()
        .replace(/[^a-z0-9-.]+/g, '-')
        .replace(/^-+|-+$/g, '');
    return name && name !== match[1] ? [replace(words.change(name), range, name)] : [];
  },
  (message, { text }) => {
    if (!/tab/i.test(message) || !text.includes('\t')) return [];
    const lines = text.split('\n');
    const edits = lines.flatMap((line, at) => {
      const [indent = ''] = /^[ \t]*/.exec(line) ?? [];
      if (!indent.includes('\t')) return [];
      const range = rangeOf(at + 1, 1, indent.length + 1);
      return [{ range, text: indent.replaceAll('\t', '  ') }];
    });
    return [{ title: words.spaces, edits }];
  },
];

interface DeploymentLike {
  selector?: { matchLabels?: Record<string, string> };
  template?: { metadata?: { labels?: Record<string, string> } };
}

/** What a missing field most often holds, as lines without their indentation. */
const required: readonly (readonly [RegExp, (object: ManifestObject) => string | undefined])[] = [
  [/^spec\.selector$/, selectorFor],
  [/^metadata\.name$/, ({ kind }) => `name: ${kind.toLowerCase()}`],
  [/containers\[\d+\]\.image$/, () => 'image: nginx:1.27'],
  [/containers\[\d+\]\.name$/, () => 'name: main'],
  [/\.containers$/, () => 'containers:\n  - name: main\n    image: nginx:1.27'],
  [/^spec\.schedule$/, () => 'schedule: "*/5 * * * *"'],
  [/restartPolicy$/, () => 'restartPolicy: Never'],
  [/^spec\.ports$/, () => 'ports:\n  - port: 80'],
  [/ports\[\d+\]\.port$/, () => 'port: 80'],
  [/ports\[\d+\]\.containerPort$/, () => 'containerPort: 80'],
  [/^spec\.accessModes$/, () => 'accessModes: [ReadWriteOnce]'],
  [/^spec\.resources\[storage\]$/, () => 'resources:\n  requests: { storage: 1Gi }'],
  [/^spec\.template\.metadata\.labels$/, () => undefined],
];

function selectorFor(object: ManifestObject): string | undefined {
  const labels = (object['spec'] as DeploymentLike | undefined)?.template?.metadata?.labels;
  if (!labels || Object.keys(labels).length === 0) return undefined;
  const lines = Object.entries(labels).map(([key, value]) => `\n    ${key}: ${scalar(value)}`);
  return `selector:\n  matchLabels:${lines.join('')}`;
}

/** Names of the fields that may stand at a path. */
function fieldNames(
  schema: WireSchema,
  { apiVersion, kind }: ManifestObject,
  path: readonly (string | number)[],
): string[] {
  let type = kindSchema(schema, apiVersion, kind);
  for (const segment of path) {
    if (typeof segment === 'number') continue;
    const field = type?.fields[segment];
    type = field === undefined ? undefined : fieldSchema(schema, field);
  }
  return Object.keys(type?.fields ?? {});
}

function readKind(text: string, fromLine: number): { kind?: string } {
  const lines = text.split('\n').slice(Math.max(0, fromLine - 1));
  for (const line of lines) {
    const [, kind] = /^kind:\s*["']?(\w+)/.exec(line) ?? [];
    if (kind) return { kind };
    if (line.startsWith('---')) break;
  }
  return {};
}

function replace(title: string, range: TextRange, text: string): QuickFix {
  return { title, edits: [{ range, text }] };
}

/** New lines as the first below their parent, indented as its other fields are. */
function insert(
  lines: string,
  path: string,
  { manifest, text }: Pick<FixSources, 'manifest' | 'text'>,
): QuickFix[] {
  const parent = path.replace(/(?:\.[^.[\]]+|\[[^\]]*\])$/, '');
  const isRoot = parent === path || parent === '';
  const all = text.split('\n');
  const at = isRoot ? endOfDocument(all, manifest.startLine) : manifest.locate(parent).startLine;
  const line = all[at - 1] ?? '';
  // What stands in braces on one line has no line of its own for another field.
  if (!isRoot && /:\s*[{[]/.test(line)) return [];
  const indent = isRoot ? 0 : indentBelow(all, at, parent.endsWith(']'));
  const block = lines
    .split('\n')
    .map((each) => ' '.repeat(indent) + each)
    .join('\n');
  const field = lines.slice(0, lines.indexOf(':'));
  const column = line.length + 1;
  return [
    {
      title: words.add(field),
      edits: [{ range: rangeOf(at, column, column), text: `\n${block}` }],
    },
  ];
}

/** Column of the fields below a line; of a list's item they stand beside its first. */
function indentBelow(lines: readonly string[], at: number, isItem: boolean): number {
  const own = lines[at - 1] ?? '';
  const [dash = ''] = /^\s*-\s+/.exec(own) ?? [];
  if (isItem || dash) return dash.length || indentOf(own);
  const next = lines.slice(at).find((line) => line.trim() !== '' && !/^\s*#/.test(line)) ?? '';
  const isDeeper = indentOf(next) > indentOf(own) && !next.trimStart().startsWith('- ');
  return isDeeper ? indentOf(next) : indentOf(own) + 2;
}

function indentOf(line: string): number {
  return line.length - line.trimStart().length;
}

/** The last line of a document that holds something. */
function endOfDocument(lines: readonly string[], startLine: number): number {
  let end = startLine;
  for (let at = startLine; at <= lines.length; at += 1) {
    const line = lines[at - 1]!;
    if (at > startLine && line.startsWith('---')) break;
    if (line.trim() !== '') end = at;
  }
  return end;
}

function rangeOf(line: number, startColumn: number, endColumn: number): TextRange {
  return { startLine: line, startColumn, endLine: line, endColumn };
}

/** Quoted where YAML would take it for something else than a text. */
function scalar(value: string): string {
  return /^[A-Za-z_][\w./-]*$/.test(value) &&
    !/^(?:true|false|yes|no|on|off|null|y|n)$/i.test(value)
    ? value
    : JSON.stringify(value);
}
