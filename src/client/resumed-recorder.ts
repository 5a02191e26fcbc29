// The recorder of a program that was taken up again from a saved cluster: it has not started, so
// what programs say when they start is left out. Everything else is recorded as ever.
import type { KubeObject } from '../api/object';
import type { ObjectReference } from '../api/types';
import { EventRecorder, type EventType } from './event-recorder';

const SAID_AT_START: ReadonlySet<string> = new Set([
  'Starting',
  'NodeHasSufficientMemory',
  'NodeHasNoDiskPressure',
  'NodeHasSufficientPID',
  'NodeAllocatableEnforced',
  'RegisteredNode',
  'LeaderElection',
]);
/** Virtual time within which a program has said what it says at its start. */
const START_MS = 15_000;

export class ResumedRecorder extends EventRecorder {
  private readonly resumedMs = this.sim.clock.nowMs;

  override event(
    object: KubeObject | ObjectReference,
    type: EventType,
    reason: string,
    message: string,
    fieldPath?: string,
  ): void {
    const isStarting = this.sim.clock.nowMs - this.resumedMs < START_MS;
    if (isStarting && SAID_AT_START.has(reason)) return;
    super.event(object, type, reason, message, fieldPath);
  }
}
