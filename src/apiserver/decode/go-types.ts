// What the API server's Go types are called, as far as its error messages name them.

const NAMED: Readonly<Record<string, string>> = {
  'PodSpec.restartPolicy': 'v1.RestartPolicy',
  'PodSpec.dnsPolicy': 'v1.DNSPolicy',
  'PodSpec.preemptionPolicy': 'v1.PreemptionPolicy',
  'PodStatus.phase': 'v1.PodPhase',
  'PodStatus.qosClass': 'v1.PodQOSClass',
  'Container.imagePullPolicy': 'v1.PullPolicy',
  'Container.terminationMessagePolicy': 'v1.TerminationMessagePolicy',
  'Container.restartPolicy': 'v1.ContainerRestartPolicy',
  'ContainerPort.protocol': 'v1.Protocol',
  'ServicePort.protocol': 'v1.Protocol',
  'ServiceSpec.type': 'v1.ServiceType',
  'ServiceSpec.sessionAffinity': 'v1.ServiceAffinity',
  'ServiceSpec.ipFamilyPolicy': 'v1.IPFamilyPolicy',
  'ServiceSpec.ipFamilies': '[]v1.IPFamily',
  'Capabilities.add': '[]v1.Capability',
  'Capabilities.drop': '[]v1.Capability',
  'DeploymentStrategy.type': 'v1.DeploymentStrategyType',
  'DaemonSetUpdateStrategy.type': 'v1.DaemonSetUpdateStrategyType',
  'Secret.type': 'v1.SecretType',
  'Taint.effect': 'v1.TaintEffect',
  'Toleration.effect': 'v1.TaintEffect',
  'Toleration.operator': 'v1.TolerationOperator',
  'ObjectMeta.uid': 'types.UID',
  'OwnerReference.uid': 'types.UID',
  'ObjectReference.uid': 'types.UID',
};

const SCALARS: Readonly<Record<string, string>> = {
  s: 'string',
  b: 'bool',
  i: 'int32',
  l: 'int64',
  n: 'float64',
  y: '[]uint8',
};

/** The Go type of a field, by its owner ('PodSpec'), its name and its type in short form. */
export function goTypeOfField(owner: string, field: string, type: string): string {
  return NAMED[`${owner}.${field}`] ?? goType(type);
}

/** '[@Container' gives '[]v1.Container'. */
export function goType(type: string): string {
  switch (type[0]) {
    case '[':
      return '[]' + goType(type.slice(1));
    case '{':
      return type === '{q' ? 'v1.ResourceList' : 'map[string]' + goType(type.slice(1));
    case '@':
      return 'v1.' + goName(type.slice(1));
    default:
      return SCALARS[type] ?? 'string';
  }
}

/** 'V2HorizontalPodAutoscaler' and 'EventsV1Event' carry a prefix only in our schema. */
export function goName(typeName: string): string {
  return typeName.replace(/^(?:[A-Z][a-z]+)?V\d+(?=[A-Z])/, '');
}

/** What a JSON value is called in 'cannot unmarshal <this> into'. */
export function jsonKind(value: unknown): string {
  if (Array.isArray(value)) return 'array';
  switch (typeof value) {
    case 'boolean':
      return 'bool';
    case 'number':
      return 'number';
    case 'string':
      return 'string';
    default:
      return 'object';
  }
}
