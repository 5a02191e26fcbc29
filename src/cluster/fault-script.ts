// A run of random operations and faults, drawn from a seed: what people and fate do to a cluster.
// Used by the simulation tests; the same seed gives the same script, act by act.
import { deployments, machines, pods } from '../api/resource-ref';
import { ConnectionError, isConflict, isNotFound, StatusError } from '../api/status-error';
import type { RandomStream } from '../sim/rng';
import type { Cluster } from './cluster';

export interface Act {
  atMs: number;
  what: string;
}

const NAMES = ['web', 'api', 'cart'];
const IMAGES = ['nginx:1.27', 'nginx:1.28', 'redis:7', 'httpd:2.4'];
const COMPONENTS = ['kube-scheduler', 'kube-controller-manager', 'kube-apiserver', 'etcd'];

export class FaultScript {
  readonly acts: Act[] = [];
  private readonly random: RandomStream;

  constructor(
    private readonly cluster: Cluster,
    private readonly workers: readonly string[],
  ) {
    this.random = cluster.sim.random('fault-script');
  }

  /** Does `count` acts, with up to `gapMs` of virtual time between them. */
  run(count: number, gapMs: number): void {
    for (let act = 0; act < count; act++) {
      this.cluster.clock.runFor(this.random.below(gapMs));
      this.act();
    }
  }

  /** Brings back whatever was broken. */
  stopFaults(): void {
    for (const name of this.workers) this.machine(name, { power: 'On', network: 'Connected' });
  }

  private act(): void {
    const { random } = this;
    const draw = random.below(100);
    if (draw < 25) this.deploy(random.pick(NAMES), random.below(7), random.pick(IMAGES));
    else if (draw < 35) this.remove(random.pick(NAMES));
    else if (draw < 50) this.deletePod();
    else if (draw < 62) this.machine(random.pick(this.workers), { power: 'Off' });
    else if (draw < 76) this.machine(random.pick(this.workers), { power: 'On' });
    else if (draw < 82) this.machine(random.pick(this.workers), { network: 'Cut' });
    else if (draw < 90) this.machine(random.pick(this.workers), { network: 'Connected' });
    else this.crash(random.pick(COMPONENTS));
  }

  private note(what: string): void {
    this.acts.push({ atMs: this.cluster.clock.elapsedMs, what });
  }

  private deploy(name: string, replicas: number, image: string): void {
    this.note(`deploy ${name} ${replicas} ${image}`);
    const body = deployment(name, replicas, image);
    this.tolerate(() => {
      try {
        this.cluster.client.patch(
          deployments,
          'default',
          name,
          { spec: body.spec },
          { patchType: 'merge' },
        );
      } catch (error) {
        if (!isNotFound(error)) throw error;
        this.cluster.client.create(deployments, body as never);
      }
    });
  }

  private remove(name: string): void {
    this.note(`remove ${name}`);
    this.tolerate(() => this.cluster.client.delete(deployments, 'default', name));
  }

  private deletePod(): void {
    const found = this.cluster.store.list(pods.key, 'default');
    if (found.length === 0) return;
    const { name } = this.random.pick(found).metadata;
    this.note(`delete pod ${name}`);
    this.tolerate(() => this.cluster.client.delete(pods, 'default', name));
  }

  private machine(
    name: string,
    spec: { power?: 'On' | 'Off'; network?: 'Connected' | 'Cut' },
  ): void {
    this.note(`machine ${name} ${JSON.stringify(spec)}`);
    this.cluster.world.patch(machines, '', name, { spec }, { patchType: 'merge' });
  }

  private crash(name: string): void {
    this.note(`crash ${name}`);
    this.cluster.crashComponent(name);
  }

  /** People's requests may be refused; anything but a refusal is a bug. */
  private tolerate(act: () => void): void {
    try {
      act();
    } catch (error) {
      if (error instanceof ConnectionError) return;
      if (!(error instanceof StatusError)) throw error;
      if (!isNotFound(error) && !isConflict(error)) throw error;
    }
  }
}

function deployment(name: string, replicas: number, image: string) {
  const labels = { app: name };
  const resources = { requests: { cpu: '100m', memory: '128Mi' } };
  return {
    metadata: { name, namespace: 'default' },
    spec: {
      replicas,
      selector: { matchLabels: labels },
      template: {
        metadata: { labels },
        spec: { containers: [{ name: 'main', image, resources }] },
      },
    },
  };
}
