// Objects and lists as the client wants them: whole, as metadata only, or as a Table.
import type { KubeObject } from '../../api/object';
import { badRequest } from '../../api/status-error';
import type { ObjectList } from '../../client/transport';
import type { ResourceDefinition } from '../../resources/definition';
import { columnDefinitions, makeTable, partialMetadata, type IncludeObject } from '../table/table';
import type { Wanted } from './media-type';
import type { Query } from './query';

export interface Encoding {
  readonly wanted: Wanted;
  readonly includeObject: IncludeObject;
  readonly nowMs: number;
}

const INCLUDES: ReadonlySet<string> = new Set(['None', 'Metadata', 'Object']);

/** Throws 400 for an includeObject that does not exist. */
export function encodingFor(wanted: Wanted, query: Query, nowMs: number): Encoding {
  const includeObject = query.text('includeObject') || 'Metadata';
  if (wanted.transform === 'Table' && !INCLUDES.has(includeObject)) {
    const supported = '"Metadata", "None", "Object"';
    throw badRequest(
      `includeObject: Unsupported value: "${includeObject}": supported values: ${supported}`,
    );
  }
  return { wanted, includeObject: includeObject as IncludeObject, nowMs };
}

/** One object's JSON text. */
export function encodeObject(
  definition: ResourceDefinition,
  object: KubeObject,
  { wanted, includeObject, nowMs }: Encoding,
): string {
  const { transform, metaVersion } = wanted;
  if (transform === undefined) return JSON.stringify(object);
  if (transform !== 'Table') return JSON.stringify(partialMetadata(object, metaVersion));
  const { resourceVersion } = object.metadata;
  const columns = columnDefinitions(definition);
  const table = makeTable(
    definition,
    [object],
    { resourceVersion },
    includeObject,
    metaVersion,
    columns,
    nowMs,
  );
  return JSON.stringify(table);
}

/** A list's JSON text. Its items carry no kind: the list's own tells it. */
export function encodeList(
  definition: ResourceDefinition,
  list: ObjectList,
  { wanted, includeObject, nowMs }: Encoding,
): string {
  const { items, ...metadata } = list;
  const { transform, metaVersion } = wanted;
  if (transform === 'Table') {
    const columns = columnDefinitions(definition);
    return JSON.stringify(
      makeTable(definition, items, metadata, includeObject, metaVersion, columns, nowMs),
    );
  }
  if (transform !== undefined) {
    return JSON.stringify({
      kind: 'PartialObjectMetadataList',
      apiVersion: `meta.k8s.io/${metaVersion}`,
      metadata,
      items: items.map((item) => partialMetadata(item, metaVersion)),
    });
  }
  const { apiVersion } = definition.ref;
  if (definition.custom) {
    // Lists of objects without a Go type name each item's kind, and where to go on even if nowhere.
    const whole = { ...metadata, continue: metadata.continue ?? '' };
    return JSON.stringify({ apiVersion, items, kind: definition.listKind, metadata: whole });
  }
  const head = JSON.stringify({ kind: definition.listKind, apiVersion, metadata });
  const texts = items.map((item) => withoutKind(item, definition));
  return `${head.slice(0, -1)},"items":[${texts.join(',')}]}`;
}

/** Cuts the kind off the text, which for a stored object is how it begins. */
function withoutKind(item: KubeObject, { ref }: ResourceDefinition): string {
  const text = JSON.stringify(item);
  const start = `{"apiVersion":"${ref.apiVersion}","kind":"${ref.kind}",`;
  if (text.startsWith(start)) return '{' + text.slice(start.length);
  const { apiVersion: _apiVersion, kind: _kind, ...rest } = item;
  return JSON.stringify(rest);
}
