// The containers of a pod, of all three sorts.
// Upstream: validateContainers and what it calls in pkg/apis/core/validation/validation.go.
import type { FieldErrors } from '../../../api/field-errors';
import { dnsLabel } from '../../../api/names';
import type { Container, PodSpec } from '../../../api/types';
import { validatePorts } from './container-port-validation';
import { validateEnv, validateEnvFrom } from './env-validation';
import { validateHandler, validateProbe } from './probe-validation';
import { validateContainerResources } from './resource-validation';
import { validateSecurityContext } from './security-context-validation';
import { validateMounts } from './mount-validation';
import type { VolumeLookup } from './volume-validation';

const MESSAGE_POLICIES = ['File', 'FallbackToLogsOnError'];
const PULL_POLICIES = ['Always', 'IfNotPresent', 'Never'];
const CONTAINER_RESTART_POLICIES = ['Always', 'Never', 'OnFailure'];
const RESIZABLE = ['cpu', 'memory'];
const RESIZE_POLICIES = ['NotRequired', 'RestartContainer'];
const PLAIN_INIT_ONLY = 'may not be set for init containers without restartPolicy=Always';
const NOT_EPHEMERAL = 'cannot be set for an Ephemeral Container';
const PROBES = ['livenessProbe', 'readinessProbe', 'startupProbe'] as const;

/** Containers whose own fields passed, with the parts that need nothing else of the pod. */
const accepted = new WeakSet<object>();

export function validateContainers(
  spec: PodSpec,
  volumes: VolumeLookup,
  path: string,
  errors: FieldErrors,
): void {
  const containers = spec.containers ?? [];
  if (containers.length === 0) {
    errors.required(path);
    return;
  }
  for (let index = 0; index < containers.length; index++) {
    const container = containers[index];
    const at = path + '[' + index + ']';
    validateContainer(container, spec, volumes, at, errors);
    if (index > 0) refuseDuplicate(containers, index, at, errors);
    validateRunning(container, spec, at, errors);
    validateRestartPolicy(container, at, errors);
  }
  if (containers.some(hasHostPort)) refuseSharedHostPorts(containers, path, errors);
}

export function validateInitContainers(
  spec: PodSpec,
  volumes: VolumeLookup,
  path: string,
  errors: FieldErrors,
): void {
  const names = new Set((spec.containers ?? []).map(({ name }) => name));
  spec.initContainers!.forEach((container, index) => {
    const at = path + '[' + index + ']';
    validateContainer(container, spec, volumes, at, errors);
    validateRestartPolicy(container, at, errors);
    if (names.has(container.name)) errors.duplicate(at + '.name', container.name);
    else if (container.name) names.add(container.name);
    if (hasHostPort(container)) refuseSharedHostPorts([container], path, errors);
    if (container.restartPolicy === 'Always') validateRunning(container, spec, at, errors);
    else {
      for (const field of ['lifecycle', ...PROBES] as const) {
        if (container[field]) errors.forbidden(`${at}.${field}`, PLAIN_INIT_ONLY);
      }
    }
  });
}

export function validateEphemeralContainers(
  spec: PodSpec,
  volumes: VolumeLookup,
  path: string,
  errors: FieldErrors,
): void {
  const others = new Set(
    [...(spec.containers ?? []), ...(spec.initContainers ?? [])].map(({ name }) => name),
  );
  const names = new Set(others);
  spec.ephemeralContainers!.forEach((ephemeral, index) => {
    const at = path + '[' + index + ']';
    const container = ephemeral as unknown as Container;
    validateContainer(container, spec, volumes, at, errors);
    if (names.has(container.name)) errors.duplicate(at + '.name', container.name);
    names.add(container.name);
    const target = ephemeral.targetContainerName;
    if (target && !others.has(target)) errors.notFound(at + '.targetContainerName', target);
    for (const field of ['ports', ...PROBES, 'lifecycle'] as const) {
      if (container[field]) errors.forbidden(`${at}.${field}`, NOT_EPHEMERAL);
    }
    const { limits, requests } = container.resources ?? {};
    if (limits || requests) errors.forbidden(`${at}.resources`, NOT_EPHEMERAL);
    container.volumeMounts?.forEach(({ subPath, subPathExpr }, position) => {
      const mount = `${at}.volumeMounts[${position}]`;
      if (subPath) errors.forbidden(`${mount}.subPath`, NOT_EPHEMERAL);
      if (subPathExpr) errors.forbidden(`${mount}.subPathExpr`, NOT_EPHEMERAL);
    });
  });
}

/** What holds for every sort of container. */
function validateContainer(
  container: Container,
  spec: PodSpec,
  volumes: VolumeLookup,
  path: string,
  errors: FieldErrors,
): void {
  const isKnown = accepted.has(container);
  const before = errors.causes.length;
  if (!isKnown) validateOwnFields(container, path, errors);
  if (container.volumeMounts || container.volumeDevices) {
    validateMounts(container, volumes, path, errors);
  }
  if (!isKnown) {
    required(container.imagePullPolicy, PULL_POLICIES, path + '.imagePullPolicy', errors);
    if (container.resources) {
      validateContainerResources(container.resources, path + '.resources', errors);
    }
  }
  if (container.resizePolicy) validateResizePolicy(container, spec, path + '.resizePolicy', errors);
  if (container.securityContext) {
    validateSecurityContext(container.securityContext, spec, path + '.securityContext', errors);
  }
  if (!isKnown && errors.causes.length === before && Object.isFrozen(container)) {
    accepted.add(container);
  }
}

function validateOwnFields(container: Container, path: string, errors: FieldErrors): void {
  const { name, image } = container;
  if (!name) errors.required(path + '.name');
  else errors.invalidEach(path + '.name', name, dnsLabel(name));
  if (!image) errors.required(path + '.image');
  required(
    container.terminationMessagePolicy,
    MESSAGE_POLICIES,
    path + '.terminationMessagePolicy',
    errors,
  );
  if (container.ports) validatePorts(container.ports, path + '.ports', errors);
  if (container.env) validateEnv(container.env, path + '.env', errors);
  if (container.envFrom) validateEnvFrom(container.envFrom, path + '.envFrom', errors);
}

/** Lifecycle and probes, of containers that go on running. */
function validateRunning(
  container: Container,
  spec: PodSpec,
  path: string,
  errors: FieldErrors,
): void {
  const { lifecycle } = container;
  const graceSeconds = spec.terminationGracePeriodSeconds;
  for (const name of ['postStart', 'preStop'] as const) {
    const handler = lifecycle?.[name];
    if (handler) validateHandler(handler, `${path}.lifecycle.${name}`, errors, graceSeconds);
  }
  for (const name of PROBES) {
    const probe = container[name];
    if (probe) validateProbe(probe, name, path + '.' + name, errors);
  }
}

function validateRestartPolicy(container: Container, path: string, errors: FieldErrors): void {
  const policy = container.restartPolicy as string | undefined;
  if (policy != null && !CONTAINER_RESTART_POLICIES.includes(policy)) {
    errors.notSupported(path + '.restartPolicy', policy, CONTAINER_RESTART_POLICIES);
  }
  if (policy == null && container.restartPolicyRules?.length) {
    const why = 'must specify restartPolicy when restart rules are used';
    errors.required(path + '.restartPolicy', why);
  }
}

function validateResizePolicy(
  container: Container,
  { restartPolicy }: PodSpec,
  path: string,
  errors: FieldErrors,
): void {
  const seen = new Set<string>();
  container.resizePolicy!.forEach(({ resourceName, restartPolicy: policy }, index) => {
    if (seen.has(resourceName)) errors.duplicate(`${path}[${index}]`, resourceName);
    seen.add(resourceName);
    required(resourceName, RESIZABLE, path, errors);
    required(policy, RESIZE_POLICIES, path, errors);
    if (restartPolicy === 'Never' && policy !== 'NotRequired') {
      errors.invalid(path, policy, "must be 'NotRequired' when `restartPolicy` is 'Never'");
    }
  });
}

function refuseDuplicate(
  containers: readonly Container[],
  index: number,
  path: string,
  errors: FieldErrors,
): void {
  const { name } = containers[index];
  for (let earlier = 0; earlier < index; earlier++) {
    if (containers[earlier].name !== name) continue;
    errors.duplicate(path + '.name', name);
    return;
  }
}

function hasHostPort({ ports }: Container): boolean {
  return ports?.some(({ hostPort }) => hostPort) ?? false;
}

function refuseSharedHostPorts(
  containers: readonly Container[],
  path: string,
  errors: FieldErrors,
): void {
  const taken = new Set<string>();
  containers.forEach(({ ports = [] }, index) => {
    ports.forEach(({ protocol, hostIP = '', hostPort }, position) => {
      if (!hostPort) return;
      const key = `${protocol}/${hostIP}/${hostPort}`;
      if (taken.has(key)) errors.duplicate(`${path}[${index}].ports[${position}].hostPort`, key);
      taken.add(key);
    });
  });
}

function required(
  value: string | undefined,
  choices: readonly string[],
  path: string,
  errors: FieldErrors,
): void {
  if (!value) errors.required(path);
  else if (!choices.includes(value)) errors.notSupported(path, value, choices);
}
