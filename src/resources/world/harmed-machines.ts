// Machines that harm is done to: what may be asked of their containers and of their disk. It comes
// with the extension, as do those who carry it out.
import type { Machine } from '../../api/machine';
import type { FieldErrors } from '../../api/field-errors';
import { machineDefinition } from './machines';

const PROBES = ['liveness', 'readiness', 'startup'];

/** As the definition of the core, with what is wrong in the rest of the spec. */
export const harmedMachineDefinition: typeof machineDefinition = {
  ...machineDefinition,
  validate(machine, errors, ...rest) {
    machineDefinition.validate?.(machine, errors, ...rest);
    validateHarm(machine.spec, errors);
  },
};

function validateHarm({ containers = {}, disk }: Machine['spec'], errors: FieldErrors): void {
  for (const [name, { kills = 0, crashes = 0, failingProbes = [] }] of Object.entries(containers)) {
    const path = `spec.containers[${name}]`;
    if (name.split('/').length !== 3) {
      errors.invalid(path, name, 'must be namespace/pod/container');
    }
    for (const [field, count] of Object.entries({ kills, crashes })) {
      if (count < 0) {
        errors.invalid(`${path}.${field}`, count, 'must be greater than or equal to 0');
      }
    }
    for (const probe of failingProbes) {
      if (!PROBES.includes(probe)) errors.notSupported(`${path}.failingProbes`, probe, PROBES);
    }
  }
  const filled = disk?.filledPercent ?? 0;
  if (!(filled >= 0 && filled <= 100)) {
    errors.invalid('spec.disk.filledPercent', filled, 'must be between 0 and 100, inclusive');
  }
}
