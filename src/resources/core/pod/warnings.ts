// Advice about pods and templates that are accepted but hardly meant so.
// Upstream: pkg/api/pod/warnings.go, pkg/api/node/util.go.
import { quote } from '../../../api/field-errors';
import { canonicalQuantity, milliValue, quantityError } from '../../../api/quantity';
import { labelValue } from '../../../api/names';
import type { Container, ContainerPort, PodSpec } from '../../../api/types';

interface WithMetadata {
  metadata?: { annotations?: Readonly<Record<string, string>> };
}

interface NodeSelectorTerm {
  matchExpressions?: readonly { key: string; values?: readonly string[] }[];
}

/** What is said of labels that nodes had once. */
export const OLD_LABELS: Readonly<Record<string, string>> = {
  'beta.kubernetes.io/arch': 'deprecated since v1.14; use "kubernetes.io/arch" instead',
  'beta.kubernetes.io/os': 'deprecated since v1.14; use "kubernetes.io/os" instead',
  'failure-domain.beta.kubernetes.io/region':
    'deprecated since v1.17; use "topology.kubernetes.io/region" instead',
  'failure-domain.beta.kubernetes.io/zone':
    'deprecated since v1.17; use "topology.kubernetes.io/zone" instead',
  'beta.kubernetes.io/instance-type':
    'deprecated since v1.17; use "node.kubernetes.io/instance-type" instead',
  'app.kubernetes.io/created-by': 'deprecated since v1.9',
  'scheduler.alpha.kubernetes.io/preferAvoidPods':
    'deprecated since v1.22; use Taints and Tolerations instead',
  'node-role.kubernetes.io/master': 'use "node-role.kubernetes.io/control-plane" instead',
};
const OLD_ANNOTATIONS: Readonly<Record<string, string>> = {
  'scheduler.alpha.kubernetes.io/critical-pod':
    'non-functional in v1.16+; use the "priorityClassName" field instead',
  'security.alpha.kubernetes.io/sysctls':
    'non-functional in v1.11+; use the "sysctls" field instead',
  'security.alpha.kubernetes.io/unsafe-sysctls':
    'non-functional in v1.11+; use the "sysctls" field instead',
};
const OLD_VOLUMES: Readonly<Record<string, string>> = {
  photonPersistentDisk: 'photonPersistentDisk: deprecated in v1.11, non-functional in v1.16+',
  gitRepo: 'gitRepo: deprecated in v1.11, and disabled by default in v1.33+',
  scaleIO: 'scaleIO: deprecated in v1.16, non-functional in v1.22+',
  flocker: 'flocker: deprecated in v1.22, non-functional in v1.25+',
  storageos: 'storageOS: deprecated in v1.22, non-functional in v1.25+',
  quobyte: 'quobyte: deprecated in v1.22, non-functional in v1.25+',
  glusterfs: 'glusterfs: deprecated in v1.25, non-functional in v1.26+',
  cephfs: 'cephfs: deprecated in v1.28, non-functional in v1.31+',
  rbd: 'rbd: deprecated in v1.28, non-functional in v1.31+',
};
const SECCOMP = 'seccomp.security.alpha.kubernetes.io';
const SECCOMP_LOST = 'non-functional in v1.27+; use the "seccompProfile" field instead';
const APPARMOR = 'container.apparmor.security.beta.kubernetes.io';
const APPARMOR_OLD = 'deprecated since v1.30; use the "appArmorProfile" field instead';
const NULL_SELECTOR = 'a null labelSelector results in matching no pod';
const REQUIRED = 'requiredDuringSchedulingIgnoredDuringExecution';
const PREFERRED = 'preferredDuringSchedulingIgnoredDuringExecution';

/** `prefix` is '' for a pod, 'spec.template.' for a template. */
export function warnOfPod(
  spec: PodSpec,
  { metadata }: WithMetadata,
  prefix: string,
  warnings: string[],
): void {
  const path = `${prefix}spec`;
  for (const key in spec.nodeSelector) {
    if (OLD_LABELS[key]) warnings.push(`${path}.nodeSelector[${key}]: ${OLD_LABELS[key]}`);
  }
  warnOfNodeAffinity(spec, `${path}.affinity.nodeAffinity`, warnings);
  spec.topologySpreadConstraints?.forEach(({ topologyKey, labelSelector }, index) => {
    const at = `${path}.topologySpreadConstraints[${index}]`;
    const old = OLD_LABELS[topologyKey];
    if (old) warnings.push(`${at}.topologyKey: ${topologyKey} is ${old}`);
    if (!labelSelector) warnings.push(`${at}.labelSelector: ${NULL_SELECTOR}`);
  });
  for (const key in OLD_ANNOTATIONS) {
    if (metadata?.annotations?.[key] === undefined) continue;
    warnings.push(`${prefix}metadata.annotations[${key}]: ${OLD_ANNOTATIONS[key]}`);
  }
  spec.volumes?.forEach((volume, index) => {
    for (const kind in volume) {
      if (OLD_VOLUMES[kind]) warnings.push(`${path}.volumes[${index}].${OLD_VOLUMES[kind]}`);
    }
  });
  warnOfRepeats(spec, path, warnings);
  if (metadata?.annotations) warnOfProfiles(spec, metadata.annotations, prefix, warnings);
  warnOfContainers(spec, path, warnings);
  if (spec.terminationGracePeriodSeconds! < 0) {
    const why = 'must be >= 0; negative values are invalid and will be treated as 1';
    warnings.push(`${path}.terminationGracePeriodSeconds: ${why}`);
  }
  warnOfPodAffinity(spec, `${path}.affinity`, warnings);
}

function warnOfNodeAffinity({ affinity }: PodSpec, path: string, warnings: string[]): void {
  const nodeAffinity = affinity?.nodeAffinity;
  // Values of what is only preferred are not validated.
  const inTerm = (term: NodeSelectorTerm, at: string, isPreferred = false): void => {
    term.matchExpressions?.forEach(({ key, values }, index) => {
      const old = OLD_LABELS[key];
      if (old) warnings.push(`${at}.matchExpressions[${index}].key: ${key} is ${old}`);
      if (!isPreferred) return;
      values?.forEach((value, position) => {
        for (const problem of labelValue(value)) {
          const place = `${at}.matchExpressions[${index}].values[${position}]`;
          warnings.push(`${place}: ${value} is invalid, ${problem}`);
        }
      });
    });
  };
  nodeAffinity?.[REQUIRED]?.nodeSelectorTerms?.forEach((term, index) => {
    inTerm(term, `${path}.${REQUIRED}.nodeSelectorTerms[${index}]`);
  });
  nodeAffinity?.[PREFERRED]?.forEach(({ preference }, index) => {
    inTerm(preference, `${path}.${PREFERRED}[${index}].preference`, true);
  });
}

function warnOfPodAffinity({ affinity }: PodSpec, path: string, warnings: string[]): void {
  for (const kind of ['podAffinity', 'podAntiAffinity'] as const) {
    affinity?.[kind]?.[REQUIRED]?.forEach(({ labelSelector }, index) => {
      const at = `${path}.${kind}.${REQUIRED}[${index}].labelSelector`;
      if (!labelSelector) warnings.push(`${at}: ${NULL_SELECTOR}`);
    });
    affinity?.[kind]?.[PREFERRED]?.forEach(({ podAffinityTerm }, index) => {
      const at = `${path}.${kind}.${PREFERRED}[${index}].podAffinityTerm.labelSelector`;
      if (!podAffinityTerm.labelSelector) warnings.push(`${at}: ${NULL_SELECTOR}`);
    });
  }
}

function warnOfRepeats(spec: PodSpec, path: string, warnings: string[]): void {
  const ips = new Set<string>();
  spec.hostAliases?.forEach(({ ip }, index) => {
    if (ips.has(ip)) warnings.push(`${path}.hostAliases[${index}].ip: duplicate ip ${quote(ip)}`);
    ips.add(ip);
  });
  const secrets = new Set<string>();
  spec.imagePullSecrets?.forEach(({ name = '' }, index) => {
    const at = `${path}.imagePullSecrets[${index}].name`;
    if (secrets.has(name)) warnings.push(`${at}: duplicate name ${quote(name)}`);
    if (!name) warnings.push(`${at}: invalid empty name ""`);
    secrets.add(name);
  });
}

/** Annotations that said once what fields of the security context say now. */
function warnOfProfiles(
  spec: PodSpec,
  annotations: Readonly<Record<string, string>>,
  prefix: string,
  warnings: string[],
): void {
  const warn = (key: string, why: string): void => {
    if (annotations[key] === undefined) return;
    warnings.push(`${prefix}metadata.annotations[${key}]: ${why}`);
  };
  const whole = spec.securityContext;
  if (!whole?.seccompProfile) warn(`${SECCOMP}/pod`, SECCOMP_LOST);
  for (const { name, securityContext } of [...(spec.initContainers ?? []), ...spec.containers]) {
    if (!securityContext?.seccompProfile) warn(`container.${SECCOMP}/${name}`, SECCOMP_LOST);
    if (whole?.appArmorProfile || securityContext?.appArmorProfile) continue;
    warn(`${APPARMOR}/${name}`, APPARMOR_OLD);
  }
}

function warnOfContainers(spec: PodSpec, path: string, warnings: string[]): void {
  const ports = new Map<string, { at: string; port: ContainerPort }[]>();
  for (const list of ['initContainers', 'containers'] as const) {
    spec[list]?.forEach((container, index) => {
      const at = `${path}.${list}[${index}]`;
      warnOfFractions(container, at, warnings);
      warnOfHiddenEnv(container, at, warnings);
    });
  }
  for (const list of ['initContainers', 'containers'] as const) {
    spec[list]?.forEach(({ ports: own = [] }, index) => {
      own.forEach((port, position) => {
        warnOfPort(port, `${path}.${list}[${index}].ports[${position}]`, ports, warnings);
      });
    });
  }
}

function warnOfFractions({ resources }: Container, path: string, warnings: string[]): void {
  for (const name of ['memory', 'ephemeral-storage']) {
    for (const list of ['limits', 'requests'] as const) {
      const quantity = resources?.[list]?.[name];
      if (quantity === undefined || quantityError(quantity) !== undefined) continue;
      if (milliValue(quantity) % 1000 === 0) continue;
      const shown = quote(canonicalQuantity(quantity));
      const why = `fractional byte value ${shown} is invalid, must be an integer`;
      warnings.push(`${path}.resources.${list}[${name}]: ${why}`);
    }
  }
}

function warnOfHiddenEnv({ env = [] }: Container, path: string, warnings: string[]): void {
  const seen = new Set<string>();
  env.forEach(({ name, value = '', valueFrom }, index) => {
    const reference = `$(${name})`;
    const isLost = valueFrom || value === reference || !value.includes(reference);
    if (seen.has(name) && isLost) {
      const what = `hides previous definition of ${quote(name)}`;
      warnings.push(`${path}.env[${index}]: ${what}, which may be dropped when using apply`);
    }
    seen.add(name);
  });
}

function warnOfPort(
  port: ContainerPort,
  at: string,
  known: Map<string, { at: string; port: ContainerPort }[]>,
  warnings: string[],
): void {
  const { containerPort, protocol, hostIP = '', hostPort = 0, name = '' } = port;
  if (hostIP && !hostPort) {
    const inside = `ContainerPort:${containerPort} Protocol:${protocol} HostIP:${hostIP}`;
    const shown = `{Name:${name} HostPort:0 ${inside}}`;
    warnings.push(`${at}: hostIP set without hostPort: ${shown}`);
  }
  const key = `${containerPort}/${protocol}`;
  const others = known.get(key) ?? [];
  for (const other of others) {
    const otherIp = other.port.hostIP ?? '';
    const otherPort = other.port.hostPort ?? 0;
    if (hostIP === otherIp && hostPort === otherPort) {
      warnings.push(`${at}: duplicate port definition with ${other.at}`);
    } else if (hostPort === 0 || otherPort === 0) {
      warnings.push(`${at}: overlapping port definition with ${other.at}`);
    } else if (hostPort === otherPort && (hostIP === '') !== (otherIp === '')) {
      warnings.push(`${at}: dangerously ambiguous port definition with ${other.at}`);
    }
  }
  known.set(key, [...others, { at, port }]);
}
