// pods/ephemeralcontainers: the endpoint by which containers for debugging come to a pod that runs.
// Nothing else of the pod changes there, and what was added once stays as it is.
// Upstream: podEphemeralContainersStrategy in pkg/registry/core/pod/strategy.go,
// ValidatePodEphemeralContainersUpdate in pkg/apis/core/validation/validation.go.
import { deepEqual } from '../../../api/deep-equal';
import type { FieldErrors } from '../../../api/field-errors';
import type { Pod } from '../../../api/types';
import { unifiedDiff } from '../../unified-diff';
import type { ResourceDefinition } from '../../definition';
import { podDefinition } from '../pods';
import { goEphemeralContainer } from './go-pod-spec';
import { withoutMirrors } from './mirror';

const PATH = 'spec.ephemeralContainers';

/** Pods as that endpoint sees them. */
export const ephemeralContainersDefinition: ResourceDefinition<Pod> = {
  ...podDefinition,
  prepareForUpdate: keepTheRest,
  validateUpdate: withoutMirrors('static pods do not support ephemeral containers', validate),
  warn: undefined,
};

/** Whoever writes here comes to own nothing: metadata stays whole. */
function keepTheRest(next: Pod, old: Pod): Pod {
  const { ephemeralContainers } = next.spec;
  const spec = { ...old.spec };
  if (ephemeralContainers?.length) spec.ephemeralContainers = ephemeralContainers;
  else delete spec.ephemeralContainers;
  next.metadata = { ...old.metadata };
  next.spec = deepEqual(spec, old.spec) ? old.spec : spec;
  next.status = old.status;
  return next;
}

function validate(next: Pod, old: Pod, errors: FieldErrors): void {
  for (const before of old.spec.ephemeralContainers ?? []) {
    const existing = `existing ephemeral containers ${JSON.stringify(before.name)}`;
    const after = next.spec.ephemeralContainers?.find(({ name }) => name === before.name);
    if (!after) errors.forbidden(PATH, `${existing} may not be removed\n`);
    else if (!deepEqual(before, after)) {
      const difference = unifiedDiff(goEphemeralContainer(before), goEphemeralContainer(after));
      errors.forbidden(PATH, `${existing} may not be changed\n${difference}`);
    }
  }
}
