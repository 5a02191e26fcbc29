// Development only: the canvas on the real engine without the rest of the page, for measuring frames.
import type { ClockState, FromEngine, ToEngine } from '../../../host/protocol';
import { sceneStore } from '../../state/scene-store';

/** A cluster of that many workers in a Worker; its requests are answered as text. */
export class LiveEngine {
  readonly clock: ClockState;
  private readonly worker: Worker;
  private readonly answers = new Map<number, (body: string) => void>();
  private id = 0;

  constructor(workers: number, speed: number) {
    const startMs = Date.parse('2026-11-21T00:00:00Z');
    this.clock = { nowMs: startMs, startMs, speed, paused: false, actualSpeed: speed };
    this.worker = new Worker(new URL('../../../host/worker.ts', import.meta.url), {
      type: 'module',
    });
    this.worker.onmessage = ({ data }: MessageEvent<FromEngine>) => this.hear(data);
    const machines = [machine('m1', 'control-plane')];
    for (let i = 1; i <= workers; i++) machines.push(machine(`n${i}`, 'worker'));
    const options = { seed: 1, preset: 'kubeadm', startMs, machines, speed, paused: false };
    this.send({ type: 'start', options });
  }

  request(method: 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'GET', path: string, body?: unknown) {
    const id = ++this.id;
    const type = method === 'PATCH' ? 'application/merge-patch+json' : 'application/json';
    this.send({
      type: 'request',
      id,
      request: {
        method,
        path,
        headers: { 'content-type': type },
        body: body === undefined ? undefined : JSON.stringify(body),
      },
    });
    return new Promise<string>((resolve) => this.answers.set(id, resolve));
  }

  patchMachine(name: string, spec: object): void {
    const path = `/apis/sim.kubarium.dev/v1alpha1/machines/${name}`;
    void this.request('PATCH', path, { spec });
  }

  deploy(replicas: number, image: string): Promise<string> {
    const labels = { app: 'web' };
    const resources = { requests: { cpu: '10m', memory: '16Mi' } };
    const body = {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'web', namespace: 'default' },
      spec: {
        replicas,
        selector: { matchLabels: labels },
        template: {
          metadata: { labels },
          spec: { containers: [{ name: 'nginx', image, resources }] },
        },
      },
    };
    return this.request('POST', '/apis/apps/v1/namespaces/default/deployments', body);
  }

  setImage(image: string): Promise<string> {
    const containers = [{ name: 'nginx', image }];
    const path = '/apis/apps/v1/namespaces/default/deployments/web';
    return this.request('PATCH', path, { spec: { template: { spec: { containers } } } });
  }

  private send(message: ToEngine): void {
    this.worker.postMessage(message);
  }

  private hear(message: FromEngine): void {
    if (message.type === 'scene') sceneStore.getState().applyDelta(message.delta);
    else if (message.type === 'clock') Object.assign(this.clock, message.clock);
    else if (message.type === 'response') this.answers.get(message.id)?.(message.response.body);
    else if (message.type === 'crashed') console.error(message.message, message.stack);
  }
}

function machine(name: string, role: 'control-plane' | 'worker') {
  return {
    apiVersion: 'sim.kubarium.dev/v1alpha1',
    kind: 'Machine',
    metadata: { name },
    spec: {
      power: 'On' as const,
      network: 'Connected' as const,
      role,
      zone: 'zone-a',
      capacity: { cpu: '4', memory: '8Gi', ephemeralStorage: '40Gi', pods: 110 },
      downloadBytesPerSecond: 50_000_000,
    },
  };
}
