// CSINodes. Upstream: pkg/registry/storage/csinode/strategy.go,
// pkg/apis/storage/validation/validation.go.
import { deepEqual } from '../../api/deep-equal';
import { csiNodes } from '../../api/extension-refs';
import type { CSINode, CSINodeSpec } from '../../api/extension-types';
import type { FieldErrors } from '../../api/field-errors';
import { qualifiedName } from '../../api/names';
import { ageColumn, column, nameColumn } from '../columns';
import { validateDriverName } from '../core/persistentvolume-sources';
import type { ResourceDefinition } from '../definition';
import { goStruct, type GoStructs } from '../go-struct';

const NODE_ID_BYTES_MAX = 256;

const STRUCTS: GoStructs = {
  Driver: 'Name:s NodeID:s TopologyKeys:? Allocatable:Resources',
  Resources: 'Count:?',
};

type Driver = Partial<CSINodeSpec['drivers'][number]>;

export const csiNodeDefinition: ResourceDefinition<CSINode> = {
  ref: csiNodes,
  singular: 'csinode',
  listKind: 'CSINodeList',
  applyDefaults(node) {
    node.spec ??= {} as CSINodeSpec;
    return node;
  },
  prepareForCreate: withDrivers,
  prepareForUpdate: withDrivers,
  validate({ spec }, errors) {
    const names = new Set<string>();
    spec.drivers?.forEach((driver, index) => {
      validateDriver(driver, names, `spec.drivers[${index}]`, errors);
      names.add(driver.name);
    });
  },
  validateUpdate({ spec }, { spec: old }, errors) {
    for (const before of old.drivers ?? []) {
      for (const driver of spec.drivers ?? []) {
        if (driver.name !== before.name) continue;
        const next = { ...driver, allocatable: undefined };
        if (deepEqual(next, { ...before, allocatable: undefined })) continue;
        errors.invalid('spec.drivers', goStruct(next, 'Driver', STRUCTS), 'field is immutable');
      }
    }
  },
  columns: [
    nameColumn,
    column(
      'Drivers',
      'integer',
      'Drivers indicates the number of CSI drivers registered on the node',
      ({ spec }) => spec.drivers?.length ?? 0,
    ),
    ageColumn,
  ],
};

/** A list without any driver is stored as none, and shown as null: the field is always there. */
function withDrivers(node: CSINode): CSINode {
  if (!node.spec.drivers?.length)
    node.spec = Object.assign({}, node.spec, { drivers: null as never });
  return node;
}

function validateDriver(
  { name = '', nodeID = '', allocatable, topologyKeys = [] }: Driver,
  taken: ReadonlySet<string>,
  path: string,
  errors: FieldErrors,
): void {
  validateDriverName(name, `${path}.name`, errors);
  if (!nodeID) errors.required(`${path}.nodeID`);
  if (nodeID.length > NODE_ID_BYTES_MAX) {
    errors.invalid(`${path}.nodeID`, nodeID, `must be ${NODE_ID_BYTES_MAX} characters or less`);
  }
  const count = allocatable?.count;
  if (count != null && count < 0) {
    errors.invalid(`${path}.allocatable.count`, count, 'must be greater than or equal to 0');
  }
  if (taken.has(name)) errors.duplicate(`${path}.name`, name);
  topologyKeys.forEach((key, index) => {
    if (!key) errors.required(path);
    if (topologyKeys.indexOf(key) < index) errors.duplicate(path, key);
    errors.invalidEach(path, key, qualifiedName(key));
  });
}
