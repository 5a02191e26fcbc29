// The order of the queue: higher priority first, then who came first.
// Upstream: pkg/scheduler/framework/plugins/queuesort.
import type { Plugin } from '../framework';

export function prioritySort(): Plugin {
  return {
    name: 'PrioritySort',
    isBefore(a, b) {
      if (a.priority !== b.priority) return a.priority > b.priority;
      if (a.timestampMs !== b.timestampMs) return a.timestampMs < b.timestampMs;
      return a.sequence < b.sequence;
    },
  };
}
