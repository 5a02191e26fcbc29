// Which kernel parameters a pod may set: those that concern nobody else on the node.
// Upstream: pkg/kubelet/sysctl/{allowlist,safe_sysctls}.go.
import type { Pod } from '../api/types';
import type { Waiting } from './pod-worker';

const SAFE: ReadonlySet<string> = new Set([
  'kernel.shm_rmid_forced',
  'net.ipv4.ip_local_port_range',
  'net.ipv4.tcp_syncookies',
  'net.ipv4.ping_group_range',
  'net.ipv4.ip_unprivileged_port_start',
  'net.ipv4.ip_local_reserved_ports',
  'net.ipv4.tcp_keepalive_time',
  'net.ipv4.tcp_fin_timeout',
  'net.ipv4.tcp_keepalive_intvl',
  'net.ipv4.tcp_keepalive_probes',
  'net.ipv4.tcp_rmem',
  'net.ipv4.tcp_wmem',
]);

/** Why a pod may not run here with what it sets; undefined when it may. */
export function forbiddenSysctl({ spec }: Pod): Waiting | undefined {
  for (const { name } of spec.securityContext?.sysctls ?? []) {
    const sysctl = withDots(name);
    const problem = problemOf(sysctl, spec);
    if (!problem) continue;
    const message = `forbidden sysctl: ${JSON.stringify(sysctl)} ${problem}`;
    return { reason: 'SysctlForbidden', message };
  }
  return undefined;
}

function problemOf(sysctl: string, { hostNetwork, hostIPC }: Pod['spec']): string | undefined {
  if (!SAFE.has(sysctl)) return 'not allowlisted';
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
