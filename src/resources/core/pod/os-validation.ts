// What pods of an operating system may not ask for.
// Upstream: validateOS, validateLinux, validateWindows in pkg/apis/core/validation/validation.go.
import type { FieldErrors } from '../../../api/field-errors';
import type { PodSpec } from '../../../api/types';

const SYSTEMS = ['linux', 'windows'];
const NO_WINDOWS_OPTIONS = 'windows options cannot be set for a linux pod';
const NOT_FOR_WINDOWS = 'cannot be set for a windows pod';
const POD_LEVEL = ['hostUsers', 'hostPID', 'hostIPC', 'shareProcessNamespace'] as const;
const POD_CONTEXT = [
  'appArmorProfile',
  'seLinuxOptions',
  'seccompProfile',
  'fsGroup',
  'fsGroupChangePolicy',
  'sysctls',
  'runAsUser',
  'runAsGroup',
  'supplementalGroups',
  'supplementalGroupsPolicy',
  'seLinuxChangePolicy',
] as const;
const CONTAINER_CONTEXT = [
  'appArmorProfile',
  'seLinuxOptions',
  'seccompProfile',
  'capabilities',
  'readOnlyRootFilesystem',
  'privileged',
  'allowPrivilegeEscalation',
  'procMount',
  'runAsUser',
  'runAsGroup',
] as const;

export function validateOs(spec: PodSpec, path: string, errors: FieldErrors): void {
  const name = spec.os?.name;
  if (!name) errors.required(`${path}.os.name`, 'cannot be empty');
  else if (!SYSTEMS.includes(name)) errors.notSupported(`${path}.os`, name, SYSTEMS);
  else if (name === 'linux') validateLinux(spec, path, errors);
  else validateWindows(spec, path, errors);
}

function validateLinux(spec: PodSpec, path: string, errors: FieldErrors): void {
  if (spec.securityContext?.windowsOptions) {
    errors.forbidden(`${path}.securityContext.windowsOptions`, NO_WINDOWS_OPTIONS);
  }
  eachContext(spec, path, (context, at) => {
    if (context.windowsOptions) errors.forbidden(`${at}.windowsOptions`, NO_WINDOWS_OPTIONS);
  });
}

function validateWindows(spec: PodSpec, path: string, errors: FieldErrors): void {
  for (const field of POD_LEVEL) {
    if (spec[field]) errors.forbidden(`${path}.${field}`, NOT_FOR_WINDOWS);
  }
  for (const field of POD_CONTEXT) {
    if (spec.securityContext?.[field] == null) continue;
    errors.forbidden(`${path}.securityContext.${field}`, NOT_FOR_WINDOWS);
  }
  eachContext(spec, path, (context, at) => {
    for (const field of CONTAINER_CONTEXT) {
      if (context[field] != null) errors.forbidden(`${at}.${field}`, NOT_FOR_WINDOWS);
    }
  });
}

type Context = NonNullable<PodSpec['containers'][number]['securityContext']>;

function eachContext(
  spec: PodSpec,
  path: string,
  visit: (context: Context, path: string) => void,
): void {
  for (const list of ['initContainers', 'containers', 'ephemeralContainers'] as const) {
    spec[list]?.forEach(({ securityContext }, index) => {
      if (securityContext) visit(securityContext, `${path}.${list}[${index}].securityContext`);
    });
  }
}
