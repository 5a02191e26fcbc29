// Which kernel parameters a pod may set: those that concern nobody else on the node.
// Upstream: pkg/kubelet/sysctl/{allowlist,safe_sysctls}.go.
import { SAFE_SYSCTLS } from '../api/safe-sysctls';
import type { Pod } from '../api/types';
import type { Waiting } from './pod-worker';

/**
 * Why a pod may not run here with what it sets; undefined when it may. `allowed`: what this kubelet
 * lets pods set besides (--allowed-unsafe-sysctls).
 */
export function forbiddenSysctl(
  { spec }: Pod,
  allowed: readonly string[] = [],
): Waiting | undefined {
  for (const { name } of spec.securityContext?.sysctls ?? []) {
    const sysctl = withDots(name);
    const problem = problemOf(sysctl, spec, allowed);
    if (!problem) continue;
    const message = `forbidden sysctl: ${JSON.stringify(sysctl)} ${problem}`;
    return { reason: 'SysctlForbidden', message };
  }
  return undefined;
}

function problemOf(
  sysctl: string,
  { hostNetwork, hostIPC }: Pod['spec'],
  allowed: readonly string[],
): string | undefined {
  if (!SAFE_SYSCTLS.has(sysctl) && !allowed.includes(sysctl)) return 'not allowlisted';
  const isNet = sysctl.startsWith('net.');
  if (isNet ? !hostNetwork : !hostIPC) return undefined;
  return `not allowed with host ${isNet ? 'net' : 'ipc'} enabled`;
}

/** Slashes may part a name too, and dots then stand for slashes. */
function withDots(name: string): string {
  const separator = /[./]/.exec(name)?.[0];
  if (separator !== '/') return name;
  return name.replace(/[./]/g, (each) => (each === '/' ? '.' : '/'));
}
