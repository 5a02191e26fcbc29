// Columns that many kinds share. Upstream: pkg/printers/internalversion/printers.go.
import { humanDuration } from '../api/duration';
import type { KubeObject } from '../api/object';
import { parseTime } from '../api/time';
import type { TableColumn } from './definition';

type Cell<T> = TableColumn<T>['cell'];

/** A column of plain values; priority 1 shows with `-o wide` only. */
export function column<T>(
  name: string,
  type: TableColumn<T>['type'],
  description: string,
  cell: Cell<T>,
  priority: 0 | 1 = 0,
): TableColumn<T> {
  return { name, type, format: '', description, priority, cell };
}

export const nameColumn: TableColumn<KubeObject> = {
  name: 'Name',
  type: 'string',
  format: 'name',
  description:
    'Name must be unique within a namespace. Is required when creating resources, although ' +
    'some resources may allow a client to request the generation of an appropriate name ' +
    'automatically. Name is primarily intended for creation idempotence and configuration ' +
    'definition. Cannot be updated. More info: ' +
    'https://kubernetes.io/docs/concepts/overview/working-with-objects/names#names',
  priority: 0,
  cell: ({ metadata }) => metadata.name,
};

export const ageColumn: TableColumn<KubeObject> = column(
  'Age',
  'string',
  'CreationTimestamp is a timestamp representing the server time when this object was ' +
    'created. It is not guaranteed to be set in happens-before order across separate ' +
    'operations. Clients may not set this value. It is represented in RFC3339 form and is in ' +
    'UTC.\n\nPopulated by the system. Read-only. Null for lists. More info: ' +
    'https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#metada' +
    'ta',
  ({ metadata }, nowMs) => since(metadata.creationTimestamp, nowMs),
);

/** How long ago a time was, for people; '<unknown>' when there is none. */
export function since(time: string | undefined | null, nowMs: number): string {
  return time ? humanDuration(nowMs - parseTime(time)) : '<unknown>';
}

export const orNone = (text: string | undefined): string => text || '<none>';

/** Labels as tables print them: 'a=b,c=d', '<none>' without any. */
export function formatLabels(labels: Readonly<Record<string, string>> | undefined): string {
  const keys = Object.keys(labels ?? {}).sort();
  return orNone(keys.map((key) => `${key}=${labels![key]}`).join(','));
}

interface HasTemplate {
  spec: { template?: { spec?: { containers: readonly { name: string; image?: string }[] } } };
}

/** The columns Containers and Images of kinds with a pod template, for `-o wide`. */
export function containerColumns<T extends HasTemplate>(): TableColumn<T>[] {
  const containers = ({ spec }: T) => spec.template?.spec?.containers ?? [];
  return [
    column<T>(
      'Containers',
      'string',
      'Names of each container in the template.',
      (object) =>
        containers(object)
          .map(({ name }) => name)
          .join(','),
      1,
    ),
    column<T>(
      'Images',
      'string',
      'Images referenced by each container in the template.',
      (object) =>
        containers(object)
          .map(({ image }) => image ?? '')
          .join(','),
      1,
    ),
  ];
}
