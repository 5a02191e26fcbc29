// What a list or watch selects: labels and fields compiled into one predicate, and the parts of it
// that the store can serve by index (name, namespace, the kind's indexed field).
import { FieldSelectorError, parseFieldSelector, type FieldSelector } from '../api/field-selector';
import { LabelSelectorError, parseLabelSelector, type LabelSelector } from '../api/label-selector';
import type { KubeObject } from '../api/object';
import { badRequest } from '../api/status-error';
import type { ResourceDefinition } from '../resources/definition';
import type { WatchFilter } from '../store/watcher';

export interface Selection {
  /** For the store's watch. */
  filter: WatchFilter;
  /** Undefined when everything is selected. */
  matches: ((object: KubeObject) => boolean) | undefined;
}

/** Throws BadRequest for selectors that do not parse or name a field that cannot be selected. */
export function compileSelection(
  definition: ResourceDefinition,
  namespace: string,
  labelSelector: string | undefined,
  fieldSelector: string | undefined,
): Selection {
  const filter: WatchFilter = {};
  if (namespace) filter.namespace = namespace;
  const tests: ((object: KubeObject) => boolean)[] = [];
  if (labelSelector) {
    const selector = labelsOf(labelSelector);
    tests.push(({ metadata }) => selector.matches(metadata.labels));
  }
  if (fieldSelector) addFieldTests(definition, fieldSelector, filter, tests);
  if (tests.length > 0) {
    const [first] = tests;
    filter.matches = tests.length === 1 ? first : (object) => tests.every((test) => test(object));
  }
  return { filter, matches: filter.matches };
}

function addFieldTests(
  definition: ResourceDefinition,
  fieldSelector: string,
  filter: WatchFilter,
  tests: ((object: KubeObject) => boolean)[],
): void {
  for (const { field, operator, value } of fieldsOf(fieldSelector)) {
    const read = readerOf(definition, field);
    const isEqual = operator !== '!=';
    if (isEqual && field === 'metadata.name') filter.name = value;
    else if (isEqual && field === definition.indexedField) filter.indexValue = value;
    tests.push((object) => (read(object) === value) === isEqual);
  }
}

function readerOf(definition: ResourceDefinition, field: string): (object: KubeObject) => string {
  if (field === 'metadata.name') return ({ metadata }) => metadata.name;
  if (field === 'metadata.namespace') return ({ metadata }) => metadata.namespace ?? '';
  const read = definition.selectableFields?.[field];
  if (!read) throw badRequest(unsupportedField(definition, field));
  return read;
}

function unsupportedField({ selectableFields }: ResourceDefinition, field: string): string {
  if (selectableFields) return `field label not supported: ${field}`;
  return `"${field}" is not a known field selector: only "metadata.name", "metadata.namespace"`;
}

function labelsOf(text: string): LabelSelector {
  try {
    return parseLabelSelector(text);
  } catch (error) {
    if (error instanceof LabelSelectorError) throw badRequest(error.message);
    throw error;
  }
}

function fieldsOf(text: string): FieldSelector {
  try {
    return parseFieldSelector(text);
  } catch (error) {
    if (error instanceof FieldSelectorError) throw badRequest(error.message);
    throw error;
  }
}
