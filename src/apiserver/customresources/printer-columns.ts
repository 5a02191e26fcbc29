// The columns of `kubectl get` that a CRD names, or the age when it names none.
// Upstream: apiextensions-apiserver/pkg/registry/customresource/tableconvertor.
import type { KubeObject } from '../../api/object';
import { parseTime } from '../../api/time';
import type { CustomResourceDefinition } from '../../api/extension-types';
import { ageColumn, nameColumn, since } from '../../resources/columns';
import type { TableColumn } from '../../resources/definition';
import { findByPath } from './json-path';

type Version = CustomResourceDefinition['spec']['versions'][number];
type Column = NonNullable<Version['additionalPrinterColumns']>[number];

const age: TableColumn<KubeObject> = { ...ageColumn, type: 'date' };

/** All columns of a version, Name first. */
export function printerColumns({
  additionalPrinterColumns = [],
}: Version): TableColumn<KubeObject>[] {
  if (additionalPrinterColumns.length === 0) return [nameColumn, age];
  return [nameColumn, ...additionalPrinterColumns.map(columnOf)];
}

function columnOf({
  name,
  type,
  format,
  description,
  priority,
  jsonPath,
}: Column): TableColumn<KubeObject> {
  return {
    name,
    type: type as TableColumn<KubeObject>['type'],
    format: (format ?? '') as TableColumn<KubeObject>['format'],
    description:
      description || `Custom resource definition column (in JSONPath format): ${jsonPath}`,
    priority: (priority ?? 0) as 0 | 1,
    // A cell without a value is null, which the type leaves out as no other kind has it.
    cell: (object, nowMs) => cellOf(object, type, jsonPath, nowMs) as string,
  };
}

function cellOf(object: KubeObject, type: string, path: string, nowMs: number): unknown {
  const [value] = findByPath(object, path);
  if (value === undefined) return null;
  switch (type) {
    case 'string':
      return text(value);
    case 'integer':
      return typeof value === 'number' ? Math.trunc(value) : null;
    case 'number':
      return typeof value === 'number' ? value : null;
    case 'boolean':
      return typeof value === 'boolean' ? value : null;
    case 'date':
      if (typeof value !== 'string') return null;
      return Number.isNaN(parseTime(value)) ? '<invalid>' : since(value, nowMs);
    default:
      return null;
  }
}

function text(value: unknown): string | null {
  if (value === null) return null;
  return typeof value === 'object'
    ? JSON.stringify(value)
    : `${value as string | number | boolean}`;
}
