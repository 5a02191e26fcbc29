// Security contexts of pods and containers.
// Upstream: ValidateSecurityContext, validatePodSpecSecurityContext in
// pkg/apis/core/validation/validation.go.
import type { FieldErrors } from '../../../api/field-errors';
import { userId } from '../../../api/names';
import type { Container, PodSpec } from '../../../api/types';
import { validateLocalPath } from './path-validation';
import { oneOf } from '../../one-of';

type SecurityContext = NonNullable<Container['securityContext']>;
type PodSecurityContext = NonNullable<PodSpec['securityContext']>;

const PROC_MOUNTS = ['Default', 'Unmasked'];
const PROFILE_TYPES = ['Localhost', 'RuntimeDefault', 'Unconfined'];
const GROUP_CHANGE_POLICIES = ['Always', 'OnRootMismatch'];
const GROUPS_POLICIES = ['Merge', 'Strict'];
const SELINUX_POLICIES = ['MountOption', 'Recursive'];
const SYSCTL = /^([a-z0-9]([-_a-z0-9]*[a-z0-9])?[./])*[a-z0-9]([-_a-z0-9]*[a-z0-9])?$/;
const SYSCTL_TEXT = '^([a-z0-9]([-_a-z0-9]*[a-z0-9])?[\\./])*[a-z0-9]([-_a-z0-9]*[a-z0-9])?$';

export function validateSecurityContext(
  context: SecurityContext,
  spec: PodSpec,
  path: string,
  errors: FieldErrors,
): void {
  validateId(context.runAsUser, `${path}.runAsUser`, errors);
  validateId(context.runAsGroup, `${path}.runAsGroup`, errors);
  const { procMount } = context;
  if (procMount != null) {
    oneOf(procMount, PROC_MOUNTS, `${path}.procMount`, errors);
    if (procMount === 'Unmasked' && spec.hostUsers !== false) {
      const why = '`hostUsers` must be false to use `Unmasked`';
      errors.invalid(`${path}.procMount`, procMount, why);
    }
  }
  validateSeccomp(context.seccompProfile, `${path}.seccompProfile`, errors);
  if (context.allowPrivilegeEscalation === false) {
    const refuse = (what: string): void => {
      const why = `cannot set \`allowPrivilegeEscalation\` to false and ${what}`;
      errors.invalid(path, goContext(context), why);
    };
    if (context.privileged) refuse('`privileged` to true');
    if (context.capabilities?.add?.includes('CAP_SYS_ADMIN')) {
      refuse('`capabilities.Add` CAP_SYS_ADMIN');
    }
  }
  validateAppArmor(context.appArmorProfile, `${path}.appArmorProfile`, errors);
}

export function validatePodSecurityContext(spec: PodSpec, path: string, errors: FieldErrors): void {
  const context = spec.securityContext!;
  validateId(context.fsGroup, `${path}.fsGroup`, errors);
  validateId(context.runAsUser, `${path}.runAsUser`, errors);
  validateId(context.runAsGroup, `${path}.runAsGroup`, errors);
  context.supplementalGroups?.forEach((id, index) => {
    validateId(id, `${path}.supplementalGroups[${index}]`, errors);
  });
  if (spec.shareProcessNamespace && spec.hostPID) {
    const why = 'ShareProcessNamespace and HostPID cannot both be enabled';
    errors.invalid(`${path}.shareProcessNamespace`, true, why);
  }
  if (context.sysctls) validateSysctls(context.sysctls, spec, `${path}.sysctls`, errors);
  oneOf(context.fsGroupChangePolicy, GROUP_CHANGE_POLICIES, `${path}.fsGroupChangePolicy`, errors);
  validateSeccomp(context.seccompProfile, `${path}.seccompProfile`, errors);
  validateAppArmor(context.appArmorProfile, `${path}.appArmorProfile`, errors);
  const groups = context.supplementalGroupsPolicy;
  oneOf(groups, GROUPS_POLICIES, `${path}.supplementalGroupsPolicy`, errors);
  oneOf(context.seLinuxChangePolicy, SELINUX_POLICIES, `${path}.seLinuxChangePolicy`, errors);
}

function validateSysctls(
  sysctls: NonNullable<PodSecurityContext['sysctls']>,
  spec: PodSpec,
  path: string,
  errors: FieldErrors,
): void {
  const seen = new Set<string>();
  sysctls.forEach(({ name }, index) => {
    const at = `${path}[${index}].name`;
    if (!name) errors.required(at);
    else if (name.length > 253 || !SYSCTL.test(name)) {
      errors.invalid(at, name, `must have at most 253 characters and match regex ${SYSCTL_TEXT}`);
    } else if (seen.has(name)) errors.duplicate(at, name);
    const dotted = name.replaceAll('/', '.');
    if (spec.hostNetwork && dotted.startsWith('net.')) {
      errors.invalid(at, name, "may not be specified when 'hostNetwork' is true");
    }
    if (spec.hostIPC && /^(kernel\.shm|kernel\.msg|kernel\.sem|fs\.mqueue\.)/.test(dotted)) {
      errors.invalid(at, name, "may not be specified when 'hostIPC' is true");
    }
    seen.add(name);
  });
}

type Seccomp = SecurityContext['seccompProfile'];
type AppArmor = SecurityContext['appArmorProfile'];

function validateSeccomp(profile: Seccomp, path: string, errors: FieldErrors): void {
  if (!profile) return;
  const { type, localhostProfile } = profile;
  if (!type) errors.required(`${path}.type`, 'type is required when seccompProfile is set');
  else oneOf(type, PROFILE_TYPES, `${path}.type`, errors);
  const at = `${path}.localhostProfile`;
  if (type === 'Localhost') {
    if (localhostProfile == null) errors.required(at, 'must be set when seccomp type is Localhost');
    else validateLocalPath(localhostProfile, at, errors);
  } else if (localhostProfile != null) {
    const shown = { Type: type, LocalhostProfile: localhostProfile };
    errors.invalid(at, shown, 'can only be set when seccomp type is Localhost');
  }
}

function validateAppArmor(profile: AppArmor, path: string, errors: FieldErrors): void {
  if (!profile) return;
  const { type, localhostProfile } = profile;
  const at = `${path}.localhostProfile`;
  if (!type) errors.required(`${path}.type`, 'type is required when appArmorProfile is set');
  else oneOf(type, PROFILE_TYPES, `${path}.type`, errors);
  if (type === 'Localhost') {
    if (!localhostProfile?.trim()) {
      errors.required(at, 'must be set when AppArmor type is Localhost');
    } else if (localhostProfile.trim() !== localhostProfile) {
      errors.invalid(at, localhostProfile, 'must not be padded with whitespace');
    }
  } else if (localhostProfile != null) {
    errors.invalid(at, localhostProfile, 'can only be set when AppArmor type is Localhost');
  }
}

function validateId(id: number | undefined, path: string, errors: FieldErrors): void {
  if (id != null) errors.invalidEach(path, id, userId(id));
}

/** The server prints its internal type: every field, capitalised, null where unset. */
function goContext(context: SecurityContext): object {
  const { capabilities } = context;
  return {
    Capabilities: capabilities
      ? { Add: capabilities.add ?? null, Drop: capabilities.drop ?? null }
      : null,
    Privileged: context.privileged ?? null,
    SELinuxOptions: context.seLinuxOptions ?? null,
    WindowsOptions: context.windowsOptions ?? null,
    RunAsUser: context.runAsUser ?? null,
    RunAsGroup: context.runAsGroup ?? null,
    RunAsNonRoot: context.runAsNonRoot ?? null,
    ReadOnlyRootFilesystem: context.readOnlyRootFilesystem ?? null,
    AllowPrivilegeEscalation: context.allowPrivilegeEscalation ?? null,
    ProcMount: context.procMount ?? null,
    SeccompProfile: context.seccompProfile ?? null,
    AppArmorProfile: context.appArmorProfile ?? null,
  };
}
