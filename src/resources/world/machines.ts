// Machines: the physical world that nodes run on. No Kubernetes counterpart.
import type { FieldErrors } from '../../api/field-errors';
import { labelValue, qualifiedName } from '../../api/names';
import { parseQuantity, quantityError } from '../../api/quantity';
import { machines } from '../../api/resource-ref';
import type { Machine } from '../../api/machine';
import { canonicalQuantity } from '../../api/quantity';
import { ageColumn, column, nameColumn, orNone } from '../columns';
import type { ResourceDefinition } from '../definition';
import { fill, replace } from '../fill';

const POWERS = ['Off', 'On'];
const NETWORKS = ['Connected', 'Cut'];
const ROLES = ['control-plane', 'worker'];
const STATES = ['Running', 'Stopped'];
const STATIC_PROGRAMS = [
  'cloud-controller-manager',
  'etcd',
  'kube-apiserver',
  'kube-controller-manager',
  'kube-scheduler',
];
const PROGRAMS = ['containerd', 'kube-proxy', 'kubelet'];
const QUANTITIES = ['cpu', 'memory', 'ephemeralStorage'] as const;
const CAPACITY: Machine['spec']['capacity'] = {
  cpu: '4',
  memory: '8Gi',
  ephemeralStorage: '100Gi',
  pods: 110,
};
const SPEC: Partial<Machine['spec']> = {
  power: 'On',
  network: 'Connected',
  role: 'worker',
  capacity: Object.freeze(CAPACITY),
  downloadBytesPerSecond: 50 * 1024 * 1024,
};

export const machineDefinition: ResourceDefinition<Machine> = {
  ref: machines,
  singular: 'machine',
  listKind: 'MachineList',
  shortNames: ['mc'],
  subresources: ['status'],
  hasGeneration: true,
  nameFormat: 'dns-label',
  applyDefaults(machine) {
    const spec = fill(machine.spec ?? ({} as Machine['spec']), SPEC);
    machine.spec = replace(spec, 'capacity', canonicalCapacity(fill(spec.capacity, CAPACITY)));
    return machine;
  },
  prepareForCreate(machine) {
    const phase = machine.spec.power === 'On' ? 'Running' : 'Off';
    machine.status = { ...machine.status, phase, address: machine.status?.address ?? '' };
    return machine;
  },
  validate,
  columns: [
    nameColumn,
    column('Power', 'string', 'Whether the machine is switched on.', ({ spec }) => spec.power),
    column(
      'Network',
      'string',
      "Whether the machine's cable is plugged in.",
      ({ spec }) => spec.network,
    ),
    column('Role', 'string', 'What the machine is for.', ({ spec }) => spec.role),
    ageColumn,
    column(
      'Address',
      'string',
      'The address of the machine.',
      ({ status }) => orNone(status.address),
      1,
    ),
    column('CPU', 'string', 'Processors of the machine.', ({ spec }) => spec.capacity.cpu, 1),
    column('Memory', 'string', 'Memory of the machine.', ({ spec }) => spec.capacity.memory, 1),
    column('Zone', 'string', 'Where the machine stands.', ({ spec }) => orNone(spec.zone), 1),
  ],
};

type Capacity = Machine['spec']['capacity'];

function canonicalCapacity(capacity: Capacity): Capacity {
  let next = capacity;
  for (const name of QUANTITIES) {
    if (quantityError(next[name]) === undefined) {
      next = replace(next, name, canonicalQuantity(next[name]));
    }
  }
  return next;
}

function validate({ spec }: Machine, errors: FieldErrors): void {
  const oneOf = (field: string, value: string, choices: readonly string[]): void => {
    if (!choices.includes(value)) errors.notSupported(field, value, choices);
  };
  oneOf('spec.power', spec.power, POWERS);
  oneOf('spec.network', spec.network, NETWORKS);
  oneOf('spec.role', spec.role, ROLES);
  for (const name of QUANTITIES) {
    const quantity = spec.capacity[name];
    const problem = quantityError(quantity);
    const field = `spec.capacity.${name}`;
    if (problem !== undefined) errors.invalid(field, quantity, problem);
    else if (parseQuantity(quantity) <= 0) {
      errors.invalid(field, quantity, 'must be greater than zero');
    }
  }
  if (!Number.isInteger(spec.capacity.pods) || spec.capacity.pods < 0) {
    errors.invalid('spec.capacity.pods', spec.capacity.pods, 'must be greater than or equal to 0');
  }
  if (!(spec.downloadBytesPerSecond > 0)) {
    errors.invalid(
      'spec.downloadBytesPerSecond',
      spec.downloadBytesPerSecond,
      'must be greater than zero',
    );
  }
  validatePrograms(spec, errors);
  if (spec.zone) errors.invalidEach('spec.zone', spec.zone, labelValue(spec.zone));
  for (const [key, value] of Object.entries(spec.labels ?? {})) {
    errors.invalidEach('spec.labels', key, qualifiedName(key));
    errors.invalidEach('spec.labels', value, labelValue(value));
  }
}

function validatePrograms({ programs = {}, role }: Machine['spec'], errors: FieldErrors): void {
  const known = role === 'control-plane' ? [...STATIC_PROGRAMS, ...PROGRAMS] : PROGRAMS;
  for (const [name, { state, crashes = 0 }] of Object.entries(programs)) {
    const path = `spec.programs[${name}]`;
    if (!known.includes(name)) errors.notSupported(path, name, known);
    if (state !== undefined && !STATES.includes(state)) {
      errors.notSupported(`${path}.state`, state, STATES);
    }
    if (crashes < 0) {
      errors.invalid(`${path}.crashes`, crashes, 'must be greater than or equal to 0');
    }
  }
}
