// Which types the engine's first chunk decodes: those of the kinds that a first picture needs, of
// their subresources' bodies, and all that these refer to. The others come with the extension.

const CORE_KINDS = [
  'v1/Binding',
  'v1/ConfigMap',
  'v1/DeleteOptions',
  'v1/Endpoints',
  'v1/Event',
  'v1/Namespace',
  'v1/Node',
  'v1/Pod',
  'v1/Secret',
  'v1/Service',
  'v1/ServiceAccount',
  'v1/Status',
  'v1/WatchEvent',
  'apps/v1/DaemonSet',
  'apps/v1/Deployment',
  'apps/v1/ReplicaSet',
  'autoscaling/v1/Scale',
  'coordination.k8s.io/v1/Lease',
  'discovery.k8s.io/v1/EndpointSlice',
  'policy/v1/Eviction',
  'scheduling.k8s.io/v1/PriorityClass',
];

/** Splits the schema's types into those of the first chunk and the rest. */
export function splitTypes({ types, kinds }) {
  const core = {};
  const pending = CORE_KINDS.map((key) => {
    if (kinds[key] === undefined) throw new Error(`no such kind: ${key}`);
    return kinds[key];
  });
  for (let name = pending.pop(); name !== undefined; name = pending.pop()) {
    if (core[name]) continue;
    core[name] = types[name];
    for (const field of Object.values(types[name].fields)) {
      const at = field.indexOf('@');
      if (at >= 0) pending.push(field.slice(at + 1));
    }
  }
  const named = Object.entries(types);
  return {
    core: Object.fromEntries(named.filter(([name]) => core[name])),
    more: Object.fromEntries(named.filter(([name]) => !core[name])),
  };
}
