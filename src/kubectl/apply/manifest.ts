// Multi-document YAML as kubectl reads it: cut into documents first (so that a broken one leaves
// the others whole), YAML 1.1 without the tags that Go's reader lacks, `kind: List` opened.
// Positions are kept, so that what the server says about a field can be shown at its line and word.
// Upstream: apimachinery/pkg/util/yaml.
import { LineCounter, parseDocument } from 'yaml';
import type { Document, ParsedNode, YAMLError } from 'yaml';
import { kubeTags } from './kube-yaml';
import { locateField } from './locate-field';
import type { LocateHint, TextRange } from './locate-field';
import { parseFieldPath } from './field-path';
import type { PathSegment } from './field-path';

export interface ManifestObject {
  apiVersion: string;
  kind: string;
  metadata: {
    name?: string;
    namespace?: string;
    annotations?: Record<string, string>;
    [field: string]: unknown;
  };
  [field: string]: unknown;
}

export interface ManifestProblem {
  message: string;
  range: TextRange;
}

/** One object of a file, or the problems that kept it from being one. */
export interface Manifest {
  /** Position of its document in the file, from 0. */
  index: number;
  /** First line of its document, from 1. */
  startLine: number;
  /** Absent when the document cannot be read; then `problems` says why. */
  object?: ManifestObject;
  problems: ManifestProblem[];
  /** Where a field is written; the nearest written parent when it is not. */
  locate(fieldPath: string, hint?: LocateHint): TextRange;
}

/** Reads every object of a YAML (or JSON) text. Documents of comments and blanks give nothing. */
export function parseManifests(text: string): Manifest[] {
  return splitDocuments(text).flatMap((part, index) => parsePart(part, index));
}

interface DocumentPart {
  text: string;
  /** First line, from 1. */
  startLine: number;
}

/** Cuts at lines of `---` that carry nothing else but a comment. */
function splitDocuments(text: string): DocumentPart[] {
  const parts: DocumentPart[] = [];
  let lines: string[] = [];
  let startLine = 1;
  text.split(/\r?\n/).forEach((line, index) => {
    if (/^---\s*(#.*)?$/.test(line)) {
      parts.push({ text: lines.join('\n'), startLine });
      lines = [];
      startLine = index + 2;
    } else {
      lines.push(line);
    }
  });
  parts.push({ text: lines.join('\n'), startLine });
  return parts;
}

function parsePart(part: DocumentPart, index: number): Manifest[] {
  const counter = new LineCounter();
  const document = parseDocument(part.text, {
    version: '1.1',
    customTags: kubeTags,
    lineCounter: counter,
    prettyErrors: false,
  });
  const root = { document, counter, firstLine: part.startLine };
  if (document.errors.length > 0) {
    // One mistake makes a dozen errors further down; the first says what it is.
    const problem = syntaxProblem(document.errors[0]!, root);
    return [manifest(root, index, [], undefined, [problem])];
  }
  const value = document.toJS({ maxAliasCount: 100 }) as unknown;
  if (value === null || value === undefined) return [];
  if (isList(value)) {
    return value.items.map((item, at) => read(root, index, ['items', at], item));
  }
  return [read(root, index, [], value)];
}

export interface SourceDocument {
  document: Document.Parsed<ParsedNode>;
  counter: LineCounter;
  firstLine: number;
}

function isList(value: unknown): value is { items: unknown[] } {
  const { kind, items } = value as { kind?: unknown; items?: unknown };
  return typeof kind === 'string' && kind.endsWith('List') && Array.isArray(items);
}

function read(root: SourceDocument, index: number, base: PathSegment[], value: unknown): Manifest {
  const made = manifest(root, index, base, undefined, []);
  const message = unreadable(value);
  if (message) {
    made.problems.push({ message, range: made.locate('') });
  } else {
    made.object = value as ManifestObject;
  }
  return made;
}

/** Why a value is no object that kubectl would send, in kubectl's words; '' when it is one. */
function unreadable(value: unknown): string {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return 'the document must be a mapping with apiVersion, kind and metadata';
  }
  const { apiVersion, kind, metadata } = value as Record<string, unknown>;
  if (typeof apiVersion !== 'string' || !apiVersion) return 'apiVersion not set';
  if (typeof kind !== 'string' || !kind) return 'kind not set';
  const name = (metadata as { name?: unknown } | null | undefined)?.name;
  if (typeof name !== 'string' || !name) return 'resource name may not be empty';
  return '';
}

function manifest(
  root: SourceDocument,
  index: number,
  base: PathSegment[],
  object: ManifestObject | undefined,
  problems: ManifestProblem[],
): Manifest {
  const made: Manifest = {
    index,
    startLine: root.firstLine,
    problems,
    locate: (path, hint) => locateField(root, base, parseFieldPath(path), hint),
  };
  if (object) made.object = object;
  return made;
}

function syntaxProblem(error: YAMLError, root: SourceDocument): ManifestProblem {
  const [from, to] = error.pos;
  const start = root.counter.linePos(from);
  const end = root.counter.linePos(Math.max(to, from + 1));
  return {
    message: error.message,
    range: {
      startLine: start.line + root.firstLine - 1,
      startColumn: start.col,
      endLine: end.line + root.firstLine - 1,
      endColumn: end.col,
    },
  };
}
