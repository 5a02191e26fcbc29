// Tables: what `kubectl get` prints, computed here so that every client shows the same columns.
// Upstream: pkg/printers, apiserver/pkg/endpoints/handlers/response.go.
import type { KubeObject } from '../../api/object';
import type { ResourceDefinition, TableColumn } from '../../resources/definition';

export interface ColumnDefinition {
  name: string;
  type: string;
  format: string;
  description: string;
  priority: number;
}

export interface TableRow {
  cells: (string | number | boolean)[];
  /** PartialObjectMetadata, the object, or null, as `includeObject` asked. */
  object: unknown;
}

export interface Table {
  kind: 'Table';
  apiVersion: string;
  metadata: object;
  columnDefinitions: ColumnDefinition[] | null;
  rows: TableRow[];
}

export type IncludeObject = 'None' | 'Metadata' | 'Object';

export const OBJECT_NAME_DESCRIPTION =
  'Name must be unique within a namespace. Is required when creating resources, although some ' +
  'resources may allow a client to request the generation of an appropriate name automatically. ' +
  'Name is primarily intended for creation idempotence and configuration definition. Cannot be ' +
  'updated. More info: ' +
  'https://kubernetes.io/docs/concepts/overview/working-with-objects/names#names';

const NAME: TableColumn<KubeObject> = {
  name: 'Name',
  type: 'string',
  format: 'name',
  description: OBJECT_NAME_DESCRIPTION,
  priority: 0,
  cell: ({ metadata }) => metadata.name,
};

const CREATED_AT: TableColumn<KubeObject> = {
  name: 'Created At',
  type: 'date',
  format: '',
  description:
    'CreationTimestamp is a timestamp representing the server time when this object was created. ' +
    'It is not guaranteed to be set in happens-before order across separate operations. Clients ' +
    'may not set this value. It is represented in RFC3339 form and is in UTC.\n\nPopulated by ' +
    'the system. Read-only. Null for lists. More info: ' +
    'https://git.k8s.io/community/contributors/devel/sig-architecture/' +
    'api-conventions.md#metadata',
  priority: 0,
  cell: ({ metadata }) => metadata.creationTimestamp,
};

export function columnDefinitions(definition: ResourceDefinition): ColumnDefinition[] {
  return columnsOf(definition).map(({ name, type, format, description, priority }) => ({
    name,
    type,
    format,
    description,
    priority,
  }));
}

/** A Table of `objects`. `columns` is null in the later events of a watch. */
export function makeTable(
  definition: ResourceDefinition,
  objects: readonly KubeObject[],
  metadata: object,
  includeObject: IncludeObject,
  metaVersion: string,
  columns: ColumnDefinition[] | null,
  nowMs: number,
): Table {
  const cellsOf = columnsOf(definition);
  const rows = objects.map((object) => ({
    cells: cellsOf.map(({ cell }) => cell(object, nowMs)),
    object: included(object, includeObject, metaVersion),
  }));
  const apiVersion = `meta.k8s.io/${metaVersion}`;
  return { kind: 'Table', apiVersion, metadata, columnDefinitions: columns, rows };
}

/** The metadata alone, in the shape that metadata informers read. */
export function partialMetadata({ metadata }: KubeObject, metaVersion: string): object {
  return { kind: 'PartialObjectMetadata', apiVersion: `meta.k8s.io/${metaVersion}`, metadata };
}

/**
 * Kinds place their Name column themselves (Events have it last); without columns it comes first.
 */
function columnsOf({ columns }: ResourceDefinition): readonly TableColumn<KubeObject>[] {
  return columns ?? [NAME, CREATED_AT];
}

function included(object: KubeObject, include: IncludeObject, metaVersion: string): unknown {
  if (include === 'None') return null;
  return include === 'Object' ? object : partialMetadata(object, metaVersion);
}
