// How the programs beside an API server answer when they are asked for their health.
// Upstream: pkg/registry/core/rest/storage_core.go (the servers that are asked, and where).
import type { ComponentHealth } from '../apiserver/component-status';
import type { ControlPlane, ProgramName } from './control-plane';

const PORTS: readonly (readonly [name: string, program: ProgramName, port: number])[] = [
  ['scheduler', 'kube-scheduler', 10_259],
  ['controller-manager', 'kube-controller-manager', 10_257],
];

/** Of the programs on one control-plane machine; `canWrite`: whether its etcd has a majority. */
export function componentHealth(
  controlPlane: ControlPlane,
  canWrite: boolean,
): readonly ComponentHealth[] {
  const programs = PORTS.map(([name, program, port]): ComponentHealth => {
    if (controlPlane.isRunning(program)) return { name, isHealthy: true, message: 'ok' };
    const address = `127.0.0.1:${port}`;
    const refused = `dial tcp ${address}: connect: connection refused`;
    return {
      name,
      isHealthy: false,
      message: `Get "https://${address}/healthz": ${refused}`,
    };
  });
  const etcd: ComponentHealth = canWrite
    ? { name: 'etcd-0', isHealthy: true, message: 'ok' }
    : {
        name: 'etcd-0',
        isHealthy: false,
        message: '',
        error: 'context deadline exceeded',
      };
  return [...programs, etcd];
}
