// The checks of the Pod Security Standards, each with the words of the real one.
// Upstream: pod-security-admission/policy/check_*.go.
import { SAFE_SYSCTLS } from '../../../api/safe-sysctls';
import type { Container, PodSpec } from '../../../api/types';
import type { ObjectMeta } from '../../../api/object';

export interface Violation {
  readonly reason: string;
  readonly detail?: string;
}

interface Subject {
  readonly metadata: Pick<ObjectMeta, 'annotations'>;
  readonly spec: PodSpec;
  /** Init, regular and ephemeral ones, in that order. */
  readonly containers: readonly Container[];
}

type Check = (subject: Subject) => Violation | undefined;

const BASELINE_CAPABILITIES = new Set([
  'AUDIT_WRITE',
  'CHOWN',
  'DAC_OVERRIDE',
  'FOWNER',
  'FSETID',
  'KILL',
  'MKNOD',
  'NET_BIND_SERVICE',
  'SETFCAP',
  'SETGID',
  'SETPCAP',
  'SETUID',
  'SYS_CHROOT',
]);
const SELINUX_TYPES = new Set([
  '',
  'container_t',
  'container_init_t',
  'container_kvm_t',
  'container_engine_t',
]);
const RESTRICTED_VOLUMES = new Set([
  'configMap',
  'csi',
  'downwardAPI',
  'emptyDir',
  'ephemeral',
  'image',
  'persistentVolumeClaim',
  'projected',
  'secret',
]);
const APPARMOR_PREFIX = 'container.apparmor.security.beta.kubernetes.io/';

/** Baseline checks that restricted ones do not replace. */
const COMMON: readonly Check[] = [
  appArmor,
  hostNamespaces,
  hostPorts,
  privileged,
  procMount,
  seLinux,
  sysctls,
  hostProcess,
  probeHosts,
];
const BASELINE: readonly Check[] = [
  ...COMMON,
  capabilitiesBaseline,
  hostPathVolumes,
  seccompBaseline,
];
const RESTRICTED: readonly Check[] = [
  ...COMMON,
  allowPrivilegeEscalation,
  capabilitiesRestricted,
  restrictedVolumes,
  runAsNonRoot,
  runAsUser,
  seccompRestricted,
];

/** What a pod does that the level forbids, in the order in which the real server tells it. */
export function violations(
  level: 'baseline' | 'restricted',
  metadata: Pick<ObjectMeta, 'annotations'>,
  spec: PodSpec,
): Violation[] {
  const ephemeral = (spec.ephemeralContainers ?? []) as Container[];
  const containers = [...(spec.initContainers ?? []), ...spec.containers, ...ephemeral];
  const subject = { metadata, spec, containers };
  const checks = level === 'baseline' ? BASELINE : RESTRICTED;
  return checks
    .map((check) => ({ check, violation: check(subject) }))
    .filter(({ violation }) => violation !== undefined)
    .sort((a, b) => ORDER.indexOf(a.check) - ORDER.indexOf(b.check))
    .map(({ violation }) => violation!);
}

/** By the ids of the checks, baseline before restricted. */
const ORDER: readonly Check[] = [
  appArmor,
  capabilitiesBaseline,
  hostNamespaces,
  hostPathVolumes,
  hostPorts,
  probeHosts,
  privileged,
  procMount,
  seLinux,
  seccompBaseline,
  sysctls,
  hostProcess,
  allowPrivilegeEscalation,
  capabilitiesRestricted,
  restrictedVolumes,
  runAsNonRoot,
  runAsUser,
  seccompRestricted,
];

function hostNamespaces({ spec }: Subject): Violation | undefined {
  const used = (['hostNetwork', 'hostPID', 'hostIPC'] as const).filter((field) => spec[field]);
  if (used.length === 0) return undefined;
  return { reason: 'host namespaces', detail: used.map((field) => `${field}=true`).join(', ') };
}

function hostPorts({ containers }: Subject): Violation | undefined {
  const ports = new Set<number>();
  const bad = containers.filter((container) => {
    const own = (container.ports ?? []).flatMap(({ hostPort }) => (hostPort ? [hostPort] : []));
    for (const port of own) ports.add(port);
    return own.length > 0;
  });
  if (bad.length === 0) return undefined;
  const listed = [...ports].map(String).sort().join(', ');
  const uses = bad.length > 1 ? 'use' : 'uses';
  const what = ports.size > 1 ? 'hostPorts' : 'hostPort';
  return { reason: 'hostPort', detail: `${named(bad)} ${uses} ${what} ${listed}` };
}

function privileged({ containers }: Subject): Violation | undefined {
  const bad = containers.filter(({ securityContext }) => securityContext?.privileged);
  if (bad.length === 0) return undefined;
  const detail = `${named(bad)} must not set securityContext.privileged=true`;
  return { reason: 'privileged', detail };
}

function capabilitiesBaseline({ containers }: Subject): Violation | undefined {
  const extra = added(containers, (name) => BASELINE_CAPABILITIES.has(name));
  if (extra.bad.length === 0) return undefined;
  const detail =
    `${named(extra.bad)} must not include ${quotedList(extra.names)} ` +
    'in securityContext.capabilities.add';
  return { reason: 'non-default capabilities', detail };
}

function capabilitiesRestricted({ spec, containers }: Subject): Violation | undefined {
  if (spec.os?.name === 'windows') return undefined;
  const keep = containers.filter(
    ({ securityContext }) => !securityContext?.capabilities?.drop?.includes('ALL'),
  );
  const extra = added(containers, (name) => name === 'NET_BIND_SERVICE');
  const details: string[] = [];
  if (keep.length > 0) {
    details.push(`${named(keep)} must set securityContext.capabilities.drop=["ALL"]`);
  }
  if (extra.bad.length > 0) {
    details.push(
      `${named(extra.bad)} must not include ${quotedList(extra.names)} ` +
        'in securityContext.capabilities.add',
    );
  }
  if (details.length === 0) return undefined;
  return { reason: 'unrestricted capabilities', detail: details.join('; ') };
}

function added(
  containers: readonly Container[],
  isFine: (name: string) => boolean,
): { bad: Container[]; names: string[] } {
  const names = new Set<string>();
  const bad = containers.filter(({ securityContext }) => {
    const wrong = (securityContext?.capabilities?.add ?? []).filter((name) => !isFine(name));
    for (const name of wrong) names.add(name);
    return wrong.length > 0;
  });
  return { bad, names: [...names].sort() };
}

function hostPathVolumes({ spec }: Subject): Violation | undefined {
  const bad = (spec.volumes ?? []).filter(({ hostPath }) => hostPath);
  if (bad.length === 0) return undefined;
  const names = quotedList(bad.map(({ name }) => name));
  return { reason: 'hostPath volumes', detail: `${plural('volume', bad)} ${names}` };
}

function restrictedVolumes({ spec }: Subject): Violation | undefined {
  const types = new Set<string>();
  const bad = (spec.volumes ?? []).filter((volume) => {
    const type = Object.keys(volume).find((field) => field !== 'name') ?? 'unknown';
    if (RESTRICTED_VOLUMES.has(type)) return false;
    types.add(type);
    return true;
  });
  if (bad.length === 0) return undefined;
  const names = quotedList(bad.map(({ name }) => name));
  const uses = bad.length > 1 ? 'use' : 'uses';
  const what = types.size > 1 ? 'restricted volume types' : 'restricted volume type';
  const who = `${plural('volume', bad)} ${names}`;
  const detail = `${who} ${uses} ${what} ${quotedList([...types].sort())}`;
  return { reason: 'restricted volume types', detail };
}

function appArmor({ metadata, spec, containers }: Subject): Violation | undefined {
  const isFine = (type: string): boolean => type === 'RuntimeDefault' || type === 'Localhost';
  const details: string[] = [];
  const podType = spec.securityContext?.appArmorProfile?.type;
  const setters: string[] = [];
  const values = new Set<string>();
  if (podType !== undefined && !isFine(podType)) {
    setters.push('pod');
    values.add(podType);
  }
  const bad = containers.filter(({ securityContext }) => {
    const type = securityContext?.appArmorProfile?.type;
    if (type === undefined || isFine(type)) return false;
    values.add(type);
    return true;
  });
  if (bad.length > 0) setters.push(named(bad));
  if (setters.length > 0) {
    const listed = quotedList([...values].sort());
    details.push(
      `${setters.join(' and ')} must not set securityContext.appArmorProfile.type to ${listed}`,
    );
  }
  const annotations = Object.entries(metadata.annotations ?? {})
    .filter(([key]) => key.startsWith(APPARMOR_PREFIX))
    .filter(([, value]) => value && value !== 'runtime/default' && !value.startsWith('localhost/'))
    .map(([key, value]) => `${key}=${JSON.stringify(value)}`)
    .sort();
  if (annotations.length > 0) {
    const what = annotations.length > 1 ? 'annotations' : 'annotation';
    details.push(`${what} ${annotations.join(', ')}`);
  }
  if (details.length === 0) return undefined;
  const count = values.size + annotations.length;
  const reason = count > 1 ? 'forbidden AppArmor profiles' : 'forbidden AppArmor profile';
  return { reason, detail: details.join(', ') };
}

function seLinux({ spec, containers }: Subject): Violation | undefined {
  const types = new Set<string>();
  let setsUser = false;
  let setsRole = false;
  const isBad = (options: { type?: string; user?: string; role?: string } | undefined): boolean => {
    if (!options) return false;
    const { type = '', user, role } = options;
    const isWrongType = !SELINUX_TYPES.has(type);
    if (isWrongType) types.add(type);
    if (user) setsUser = true;
    if (role) setsRole = true;
    return isWrongType || Boolean(user) || Boolean(role);
  };
  const setters: string[] = [];
  if (isBad(spec.securityContext?.seLinuxOptions)) setters.push('pod');
  const bad = containers.filter(({ securityContext }) => isBad(securityContext?.seLinuxOptions));
  if (bad.length > 0) setters.push(named(bad));
  if (setters.length === 0) return undefined;
  const wrong: string[] = [];
  if (types.size > 0) {
    const what = types.size > 1 ? 'types' : 'type';
    wrong.push(`${what} ${quotedList([...types].sort())}`);
  }
  if (setsUser) wrong.push('user may not be set');
  if (setsRole) wrong.push('role may not be set');
  const who = setters.join(' and ');
  const detail = `${who} set forbidden securityContext.seLinuxOptions: ${wrong.join('; ')}`;
  return { reason: 'seLinuxOptions', detail };
}

function procMount({ containers }: Subject): Violation | undefined {
  const values = new Set<string>();
  const bad = containers.filter(({ securityContext }) => {
    const value = securityContext?.procMount;
    if (!value || value === 'Default') return false;
    values.add(value);
    return true;
  });
  if (bad.length === 0) return undefined;
  const listed = quotedList([...values].sort());
  return {
    reason: 'procMount',
    detail: `${named(bad)} must not set securityContext.procMount to ${listed}`,
  };
}

function seccompBaseline({ spec, containers }: Subject): Violation | undefined {
  const isBad = (type: string | undefined): boolean => type === 'Unconfined';
  const setters: string[] = [];
  if (isBad(spec.securityContext?.seccompProfile?.type)) setters.push('pod');
  const bad = containers.filter(({ securityContext }) =>
    isBad(securityContext?.seccompProfile?.type),
  );
  if (bad.length > 0) setters.push(named(bad));
  if (setters.length === 0) return undefined;
  const who = setters.join(' and ');
  const detail = `${who} must not set securityContext.seccompProfile.type to "Unconfined"`;
  return { reason: 'seccompProfile', detail };
}

function seccompRestricted({ spec, containers }: Subject): Violation | undefined {
  if (spec.os?.name === 'windows') return undefined;
  const isFine = (type: string): boolean => type === 'RuntimeDefault' || type === 'Localhost';
  const podType = spec.securityContext?.seccompProfile?.type;
  const setters: string[] = [];
  const values = new Set<string>();
  if (podType !== undefined && !isFine(podType)) {
    setters.push('pod');
    values.add(podType);
  }
  const explicit: Container[] = [];
  const implicit: Container[] = [];
  for (const container of containers) {
    const type = container.securityContext?.seccompProfile?.type;
    if (type === undefined) {
      if (podType === undefined) implicit.push(container);
    } else if (!isFine(type)) {
      explicit.push(container);
      values.add(type);
    }
  }
  if (explicit.length > 0) setters.push(named(explicit));
  if (setters.length > 0) {
    const listed = quotedList([...values].sort());
    const who = setters.join(' and ');
    const detail = `${who} must not set securityContext.seccompProfile.type to ${listed}`;
    return { reason: 'seccompProfile', detail };
  }
  if (implicit.length === 0) return undefined;
  const detail =
    `pod or ${named(implicit)} must set securityContext.seccompProfile.type ` +
    'to "RuntimeDefault" or "Localhost"';
  return { reason: 'seccompProfile', detail };
}

function sysctls({ spec }: Subject): Violation | undefined {
  const bad = (spec.securityContext?.sysctls ?? []).filter(({ name }) => !SAFE_SYSCTLS.has(name));
  if (bad.length === 0) return undefined;
  const detail = bad.map(({ name }) => name).join(', ');
  return { reason: bad.length > 1 ? 'forbidden sysctls' : 'forbidden sysctl', detail };
}

function hostProcess({ spec, containers }: Subject): Violation | undefined {
  const setters: string[] = [];
  if (spec.securityContext?.windowsOptions?.hostProcess) setters.push('pod');
  const bad = containers.filter(
    ({ securityContext }) => securityContext?.windowsOptions?.hostProcess,
  );
  if (bad.length > 0) setters.push(named(bad));
  if (setters.length === 0) return undefined;
  const who = setters.join(' and ');
  const detail = `${who} must not set securityContext.windowsOptions.hostProcess=true`;
  return { reason: 'hostProcess', detail };
}

/** Probes and hooks may not be sent to other hosts; since 1.34. */
function probeHosts({ containers }: Subject): Violation | undefined {
  const hosts = new Set<string>();
  const bad = containers.filter((container) => {
    const { livenessProbe, readinessProbe, startupProbe, lifecycle } = container;
    const handlers = [
      livenessProbe,
      readinessProbe,
      startupProbe,
      lifecycle?.postStart,
      lifecycle?.preStop,
    ];
    const own = handlers.flatMap((handler) =>
      [handler?.httpGet?.host, handler?.tcpSocket?.host].filter(
        (host) => host !== undefined && host !== '',
      ),
    );
    for (const host of own) hosts.add(host!);
    return own.length > 0;
  });
  if (bad.length === 0) return undefined;
  const uses = bad.length > 1 ? 'use' : 'uses';
  const what = hosts.size > 1 ? 'hosts' : 'host';
  const listed = quotedList([...hosts].sort());
  const detail = `${named(bad)} ${uses} probe or lifecycle ${what} ${listed}`;
  return { reason: 'probe or lifecycle host', detail };
}

function allowPrivilegeEscalation({ spec, containers }: Subject): Violation | undefined {
  if (spec.os?.name === 'windows') return undefined;
  const bad = containers.filter(
    ({ securityContext }) => securityContext?.allowPrivilegeEscalation !== false,
  );
  if (bad.length === 0) return undefined;
  const detail = `${named(bad)} must set securityContext.allowPrivilegeEscalation=false`;
  return { reason: 'allowPrivilegeEscalation != false', detail };
}

function runAsNonRoot({ spec, containers }: Subject): Violation | undefined {
  const podSets = spec.securityContext?.runAsNonRoot;
  const setters: string[] = [];
  if (podSets === false) setters.push('pod');
  const explicit = containers.filter(
    ({ securityContext }) => securityContext?.runAsNonRoot === false,
  );
  if (explicit.length > 0) setters.push(named(explicit));
  if (setters.length > 0) {
    const detail = `${setters.join(' and ')} must not set securityContext.runAsNonRoot=false`;
    return { reason: 'runAsNonRoot != true', detail };
  }
  if (podSets === true) return undefined;
  const implicit = containers.filter(
    ({ securityContext }) => securityContext?.runAsNonRoot == null,
  );
  if (implicit.length === 0) return undefined;
  const detail = `pod or ${named(implicit)} must set securityContext.runAsNonRoot=true`;
  return { reason: 'runAsNonRoot != true', detail };
}

function runAsUser({ spec, containers }: Subject): Violation | undefined {
  const setters: string[] = [];
  if (spec.securityContext?.runAsUser === 0) setters.push('pod');
  const bad = containers.filter(({ securityContext }) => securityContext?.runAsUser === 0);
  if (bad.length > 0) setters.push(named(bad));
  if (setters.length === 0) return undefined;
  return { reason: 'runAsUser=0', detail: `${setters.join(' and ')} must not set runAsUser=0` };
}

/** 'container "a"', 'containers "a", "b"'. */
function named(containers: readonly { name: string }[]): string {
  return `${plural('container', containers)} ${quotedList(containers.map(({ name }) => name))}`;
}

function plural(word: string, items: readonly unknown[]): string {
  return items.length > 1 ? `${word}s` : word;
}

function quotedList(names: readonly string[]): string {
  return names.map((name) => JSON.stringify(name)).join(', ');
}
