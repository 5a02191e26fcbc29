// The controller-revision-hash of a DaemonSet's template.
// Where the real one differs: it is the name of a ControllerRevision; until that kind is there, the
// hash is computed from the template alone.
// Upstream: pkg/controller/daemon/update.go, constructHistory.
import type { DaemonSet, PodTemplateSpec } from '../../api/types';
import { templateHash } from '../template-hash';

export function revisionHash({ spec, status }: DaemonSet): string {
  return templateHash(spec.template as PodTemplateSpec, status.collisionCount);
}
