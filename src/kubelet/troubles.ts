import type { Machine } from '../api/machine';
import type { Pod } from '../api/types';
import type { ProbeAnswer } from '../runtime/probe-answer';
import type { Waiting } from './pod-worker';
import type { ProbeKind } from './prober';

/** What may be asked of a machine that its kubelet has to live with; see Machine.spec. */
export type Asked = Pick<Machine['spec'], 'containers' | 'disk' | 'programs'>;

/** What the extension does on a machine that harm is done to; others never come here. */
export interface Troubles {
  /** Conditions that are met: 'DiskPressure'. */
  readonly pressures: ReadonlySet<string>;
  /** True while nothing can be asked of the container runtime. */
  readonly isRuntimeDown: boolean;
  /** Why the Node is not ready; '' when nothing of this keeps it from being so. */
  notReady(): string;
  /** What is asked of the machine has changed. */
  ask(asked: Asked): void;
  /** Why a pod is not let in. */
  refuse(pod: Pod): Waiting | undefined;
  /** What a probe finds that was made to fail; `key` is 'namespace/pod/container'. */
  probe(key: string, kind: ProbeKind): ProbeAnswer | undefined;
}
