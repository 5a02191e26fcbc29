// Keeps pods out of the queue until their last scheduling gate is removed.
// Upstream: pkg/scheduler/framework/plugins/schedulinggates.
import type { Plugin } from '../framework';

export function schedulingGates(): Plugin {
  return {
    name: 'SchedulingGates',
    preEnqueue(pod) {
      const gates = pod.spec.schedulingGates;
      if (!gates?.length) return undefined;
      return `waiting for scheduling gates: [${gates.map((gate) => gate.name).join(' ')}]`;
    },
    hints: [
      {
        on: ['PodGatesEliminated'],
        mayHelp: (queued, event) => event.new?.metadata.uid === queued.uid,
      },
    ],
  };
}
