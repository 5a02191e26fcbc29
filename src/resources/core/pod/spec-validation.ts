// A pod's spec, in templates and in Pods. Parts that hold no reference to the rest of the spec are
// checked once (accept-once.ts); what relates parts to each other is checked for every pod.
// Upstream: ValidatePodSpec in pkg/apis/core/validation/validation.go.
import { acceptOnce } from '../../accept-once';
import type { FieldErrors } from '../../../api/field-errors';
import { ipErrors } from '../../../api/ip';
import { dnsLabel, dnsSubdomain, qualifiedName } from '../../../api/names';
import type { PodSpec } from '../../../api/types';
import { validateLabels } from '../../label-selector-validation';
import { validateAffinity } from './affinity-validation';
import {
  validateContainers,
  validateEphemeralContainers,
  validateInitContainers,
} from './container-validation';
import { validateDnsConfig } from './dns-validation';
import { validateOs } from './os-validation';
import { validateResources } from './resource-validation';
import { validatePodSecurityContext } from './security-context-validation';
import { validateTolerations } from './toleration-validation';
import { validateSpreadConstraints } from './topology-spread-validation';
import { validateVolumes } from './volume-validation';
import { requiredOneOf } from '../../one-of';

const RESTART_POLICIES = ['Always', 'OnFailure', 'Never'];
const DNS_POLICIES = ['ClusterFirstWithHostNet', 'ClusterFirst', 'Default', 'None'];
const PREEMPTION_POLICIES = ['PreemptLowerPriority', 'Never'];
const INT32_MAX = 2147483647;

type SpecCheck = (spec: PodSpec, path: string, errors: FieldErrors) => void;

/** Checks that come with the extension. */
const CHECKS = new Set<SpecCheck>();

export function addSpecCheck(check: SpecCheck): void {
  CHECKS.add(check);
}

/** `isPod` is false for templates, which may leave host ports to be filled in. */
export function validatePodSpec(
  spec: PodSpec,
  path: string,
  errors: FieldErrors,
  isPod = false,
): void {
  if (spec.terminationGracePeriodSeconds == null) {
    errors.required(path + '.terminationGracePeriodSeconds');
  }
  const volumes = validateVolumes(spec.volumes ?? [], path + '.volumes', errors);
  for (const check of CHECKS) check(spec, path, errors);
  validateContainers(spec, volumes, path + '.containers', errors);
  if (spec.initContainers) validateInitContainers(spec, volumes, path + '.initContainers', errors);
  if (spec.ephemeralContainers) {
    validateEphemeralContainers(spec, volumes, path + '.ephemeralContainers', errors);
  }
  if (spec.resources) validateResources(spec.resources, path + '.resources', errors);
  if (spec.hostNetwork) validateHostPorts(spec, path, errors, isPod);
  requiredOneOf(spec.restartPolicy, RESTART_POLICIES, path + '.restartPolicy', errors);
  requiredOneOf(spec.dnsPolicy, DNS_POLICIES, path + '.dnsPolicy', errors);
  if (spec.nodeSelector) validateNodeSelector(spec.nodeSelector, path + '.nodeSelector', errors);
  if (spec.securityContext) validatePodSecurityContext(spec, path + '.securityContext', errors);
  if (spec.affinity) validateAffinity(spec.affinity, path + '.affinity', errors);
  validateDnsConfig(spec, path + '.dnsConfig', errors);
  if (spec.readinessGates) validateReadinessGates(spec.readinessGates, path, errors);
  if (spec.schedulingGates) validateSchedulingGates(spec.schedulingGates, path, errors);
  if (spec.topologySpreadConstraints) {
    validateSpreadConstraints(
      spec.topologySpreadConstraints,
      path + '.topologySpreadConstraints',
      errors,
    );
  }
  if (spec.hostUsers === false) validateHostUsers(spec, path, errors);
  validateNames(spec, path, errors);
  validateDeadline(spec.activeDeadlineSeconds, path, errors);
  if (spec.tolerations) validateTolerations(spec.tolerations, path + '.tolerations', errors);
  if (spec.hostAliases) validateHostAliases(spec.hostAliases, path + '.hostAliases', errors);
  validateClasses(spec, path, errors);
  if (spec.os) validateOs(spec, path, errors);
}

const validateNodeSelector = acceptOnce<Record<string, string>>(validateLabels);

function validateNames(spec: PodSpec, path: string, errors: FieldErrors): void {
  subdomain(spec.serviceAccountName, path + '.serviceAccountName', errors);
  subdomain(spec.nodeName, path + '.nodeName', errors);
  if (spec.hostname) errors.invalidEach(path + '.hostname', spec.hostname, dnsLabel(spec.hostname));
  if (spec.subdomain) {
    errors.invalidEach(path + '.subdomain', spec.subdomain, dnsLabel(spec.subdomain));
  }
}

function validateClasses(spec: PodSpec, path: string, errors: FieldErrors): void {
  subdomain(spec.priorityClassName, path + '.priorityClassName', errors);
  subdomain(spec.runtimeClassName, path + '.runtimeClassName', errors);
  if (spec.preemptionPolicy != null) {
    requiredOneOf(spec.preemptionPolicy, PREEMPTION_POLICIES, path + '.preemptionPolicy', errors);
  }
  if (spec.overhead) validateResources({ limits: spec.overhead }, path + '.overhead', errors);
}

function validateDeadline(seconds: number | undefined, path: string, errors: FieldErrors): void {
  if (seconds != null && (seconds < 1 || seconds > INT32_MAX)) {
    const range = `must be between 1 and ${INT32_MAX}, inclusive`;
    errors.invalid(path + '.activeDeadlineSeconds', seconds, range);
  }
}

function validateHostPorts(
  { containers }: PodSpec,
  path: string,
  errors: FieldErrors,
  isPod: boolean,
): void {
  containers?.forEach(({ ports = [] }, index) => {
    ports.forEach(({ hostPort = 0, containerPort }, position) => {
      if ((isPod || hostPort !== 0) && hostPort !== containerPort) {
        const why = 'must match `containerPort` when `hostNetwork` is true';
        errors.invalid(`${path}.containers[${index}].ports[${position}].hostPort`, hostPort, why);
      }
    });
  });
}

function validateReadinessGates(
  gates: readonly { conditionType: string }[],
  path: string,
  errors: FieldErrors,
): void {
  gates.forEach(({ conditionType }, index) => {
    const at = `${path}.readinessGates[${index}].conditionType`;
    errors.invalidEach(at, conditionType, qualifiedName(conditionType));
  });
}

function validateSchedulingGates(
  gates: readonly { name: string }[],
  path: string,
  errors: FieldErrors,
): void {
  const seen = new Set<string>();
  gates.forEach(({ name }, index) => {
    const at = `${path}.schedulingGates[${index}]`;
    errors.invalidEach(at, name, qualifiedName(name));
    if (seen.has(name)) errors.duplicate(at, name);
    seen.add(name);
  });
}

function validateHostUsers(spec: PodSpec, path: string, errors: FieldErrors): void {
  const why = 'when `pod.Spec.HostUsers` is false';
  if (spec.hostNetwork) errors.forbidden(path + '.hostNetwork', why);
  if (spec.hostPID) errors.forbidden(path + '.HostPID', why);
  if (spec.hostIPC) errors.forbidden(path + '.HostIPC', why);
}

type HostAliases = NonNullable<PodSpec['hostAliases']>;

const validateHostAliases = acceptOnce<HostAliases>((aliases, path, errors) => {
  aliases.forEach(({ ip, hostnames = [] }, index) => {
    errors.invalidEach(`${path}[${index}].ip`, ip, ipErrors(ip ?? ''));
    hostnames.forEach((name, position) => {
      errors.invalidEach(`${path}[${index}].hostnames[${position}]`, name, dnsSubdomain(name));
    });
  });
});

function subdomain(name: string | undefined, path: string, errors: FieldErrors): void {
  if (name) errors.invalidEach(path, name, dnsSubdomain(name));
}
