// Rejects every node but the one that the pod asks for by spec.nodeName.
// Upstream: pkg/scheduler/framework/plugins/nodename.
import { SKIP, type Plugin, type Rejection } from '../framework';

const name = 'NodeName';
const REJECTION: Rejection = {
  plugin: name,
  reasons: ["node(s) didn't match the requested node name"],
  isResolvable: false,
};

export function nodeName(): Plugin {
  return {
    name,
    preFilter: ({ pod }) => (pod.spec.nodeName ? undefined : SKIP),
    filter: ({ pod }, node) => (pod.spec.nodeName === node.name ? undefined : REJECTION),
    hints: [
      {
        on: ['NodeAdd'],
        mayHelp: ({ pod }, event) =>
          !pod.spec.nodeName || pod.spec.nodeName === event.new?.metadata.name,
      },
    ],
  };
}
