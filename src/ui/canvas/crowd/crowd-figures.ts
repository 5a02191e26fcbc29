// What the picture of a large cluster says of each node, rack and zone, kept in arrays by the
// node's place in the layout and brought up to date by what has changed.
import { POD_LOOKS } from '../../../scene/packed-pods';
import type { PodLook, SceneNode } from '../../../scene/scene';
import type { Crowd } from '../../state/crowd';
import { isSilent } from '../node-state';
import { ratio } from '../quantities';
import type { CrowdLayout } from './crowd-layout';

export type HeatBy = 'cpu' | 'memory';

/** Looks that need eyes, the gravest first. */
export const troubledLooks: readonly PodLook[] = [
  'crashLoop',
  'failed',
  'notReady',
  'pending',
  'creating',
  'terminating',
  'unknown',
];
const rankOfLook = POD_LOOKS.map((look) => {
  const rank = troubledLooks.indexOf(look);
  return rank < 0 ? troubledLooks.length : rank;
});

export interface RackFigures {
  /** Mean share of what is requested. */
  heat: number;
  silent: number;
  /** Look of the gravest pod; null when all is well. */
  worst: PodLook | null;
  troubled: number;
}

export class CrowdFigures {
  private readonly known: (SceneNode | undefined)[] = [];
  private readonly versions: number[] = [];
  cpu = new Float32Array(0);
  memory = new Float32Array(0);
  /** 1 where nothing is heard. */
  silent = new Uint8Array(0);
  cordoned = new Uint8Array(0);
  /** Index of the gravest look in `troubledLooks`; its length when all is well. */
  worst = new Uint8Array(0);
  troubled = new Uint16Array(0);
  pods = new Uint16Array(0);
  private layout: CrowdLayout | undefined;

  /** Whether anything that is drawn has changed since the last time. */
  update(layout: CrowdLayout, nodes: ReadonlyMap<string, SceneNode>, crowd: Crowd): boolean {
    let isNew = this.layout !== layout;
    if (isNew) this.begin(layout);
    layout.names.forEach((name, place) => {
      const node = nodes.get(name);
      if (node && node !== this.known[place] && this.takeNode(place, node)) isNew = true;
      this.known[place] = node;
      const version = crowd.versionOf(name);
      if (version === this.versions[place]) return;
      this.versions[place] = version;
      this.takePods(place, crowd.slotsOf(name), crowd);
      isNew = true;
    });
    return isNew;
  }

  /** When what is drawn of a node last changed; another number than before. */
  stampOf(place: number): string {
    const node = this.known[place];
    const heat = `${this.cpu[place]!.toFixed(2)} ${this.memory[place]!.toFixed(2)}`;
    return `${this.versions[place]} ${heat} ${this.silent[place]} ${node?.cordoned} ${node?.ready}`;
  }

  heatOf(place: number, by: HeatBy): number {
    return by === 'cpu' ? this.cpu[place]! : this.memory[place]!;
  }

  nodeAt(place: number): SceneNode | undefined {
    return this.known[place];
  }

  ofRack(places: readonly number[], by: HeatBy): RackFigures {
    let heat = 0;
    let silent = 0;
    let worst = troubledLooks.length;
    let troubled = 0;
    for (const place of places) {
      heat += this.heatOf(place, by);
      silent += this.silent[place]!;
      worst = Math.min(worst, this.worst[place]!);
      troubled += this.troubled[place]!;
    }
    return {
      heat: heat / Math.max(1, places.length),
      silent,
      worst: troubledLooks[worst] ?? null,
      troubled,
    };
  }

  private begin(layout: CrowdLayout): void {
    this.layout = layout;
    const count = layout.names.length;
    this.known.length = 0;
    this.versions.length = 0;
    this.cpu = new Float32Array(count);
    this.memory = new Float32Array(count);
    this.silent = new Uint8Array(count);
    this.cordoned = new Uint8Array(count);
    this.worst = new Uint8Array(count).fill(troubledLooks.length);
    this.troubled = new Uint16Array(count);
    this.pods = new Uint16Array(count);
  }

  /** True when it is drawn otherwise: a heartbeat alone is not seen from here. */
  private takeNode(place: number, node: SceneNode): boolean {
    const before = this.known[place];
    const silent = Number(isSilent(node) || node.ready !== 'Ready');
    const isSame =
      before !== undefined &&
      before.cpu.requested === node.cpu.requested &&
      before.memory.requested === node.memory.requested &&
      before.cordoned === node.cordoned &&
      this.silent[place] === silent;
    this.cpu[place] = ratio(node.cpu);
    this.memory[place] = ratio(node.memory);
    this.silent[place] = silent;
    this.cordoned[place] = Number(node.cordoned);
    return !isSame;
  }

  private takePods(place: number, rows: readonly number[], crowd: Crowd): void {
    let worst = troubledLooks.length;
    let troubled = 0;
    let count = 0;
    for (const row of rows) {
      if (row < 0) continue;
      const rank = rankOfLook[crowd.look[row]!]!;
      if (rank < worst) worst = rank;
      if (rank < troubledLooks.length) troubled++;
      count++;
    }
    this.worst[place] = worst;
    this.troubled[place] = troubled;
    this.pods[place] = count;
  }
}
