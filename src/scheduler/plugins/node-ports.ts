// Rejects nodes where a host port that the pod wants is taken.
// Upstream: pkg/scheduler/framework/plugins/nodeports.
import type { Pod } from '../../api/types';
import { SKIP, type Plugin, type Rejection } from '../framework';

const name = 'NodePorts';
const REJECTION: Rejection = {
  plugin: name,
  reasons: ["node(s) didn't have free ports for the requested pod ports"],
  isResolvable: true,
};

export function nodePorts(): Plugin {
  return {
    name,
    reads: 'load',
    preFilter: ({ shape }) => (shape.hostPorts.length === 0 ? SKIP : undefined),
    filter: ({ shape }, node) => (node.hasPortConflict(shape.hostPorts) ? REJECTION : undefined),
    hints: [
      { on: ['NodeAdd'] },
      {
        on: ['AssignedPodDelete'],
        mayHelp: ({ shape }, event) =>
          shape.hostPorts.some(({ port, protocol }) => usesPort(event.old as Pod, port, protocol)),
      },
    ],
  };
}

function usesPort({ spec }: Pod, port: number, protocol: string): boolean {
  return [...spec.containers, ...(spec.initContainers ?? [])].some((container) =>
    container.ports?.some(
      (taken) => taken.hostPort === port && (taken.protocol || 'TCP') === protocol,
    ),
  );
}
