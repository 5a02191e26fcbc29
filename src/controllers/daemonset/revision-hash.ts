// The controller-revision-hash of a DaemonSet's template, which also names its ControllerRevision.
// Upstream: pkg/controller/daemon/update.go, snapshot.
import type { DaemonSet, PodTemplateSpec } from '../../api/types';
import { templateHash } from '../template-hash';

export function revisionHash({ spec, status }: DaemonSet): string {
  return templateHash(spec.template as PodTemplateSpec, status.collisionCount);
}
