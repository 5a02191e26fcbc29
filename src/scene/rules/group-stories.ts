// What one act did to all machines of a rack or a zone is told once and not a dozen times: the act,
// and then that they fell silent, are tainted, or are heard of again. Every other story of one of
// them passes. Invariants: machines that were told of as a group are told of alone again as soon as
// something else is done to one of them; control planes are never part of a group.
import type { Machine } from '../../api/machine';
import type { Node } from '../../api/types';
import type { Informer } from '../../client/informer';
import { MACHINES } from '../messages';
import { readinessOf } from '../node-view';
import type { SceneLink } from '../scene';
import type { StoryParts } from '../story-parts';
import { linkTo, told, type StoryView, type Told } from './rule';

type ManyRule = {
  [R in keyof StoryParts]: R extends `you${string}All` ? R : never;
}[keyof StoryParts];

interface GroupAct {
  aspect: 'power' | 'cable' | 'cordon';
  many: ManyRule;
  tone: Told['tone'];
  /** Whether it is so now, of a machine and its Node. */
  isSo(machine: Machine, node: Node | undefined): boolean;
}

const ACTS: Partial<Record<Told['rule'], GroupAct>> = {
  youPowerOff: {
    aspect: 'power',
    many: 'youPowerOffAll',
    tone: 'bad',
    isSo: ({ spec }) => spec.power === 'Off',
  },
  youPowerOn: {
    aspect: 'power',
    many: 'youPowerOnAll',
    tone: 'good',
    isSo: ({ spec }) => spec.power === 'On',
  },
  youCutCable: {
    aspect: 'cable',
    many: 'youCutCableAll',
    tone: 'bad',
    isSo: ({ spec }) => spec.network === 'Cut',
  },
  youPlugCable: {
    aspect: 'cable',
    many: 'youPlugCableAll',
    tone: 'good',
    isSo: ({ spec }) => spec.network !== 'Cut',
  },
  youCordon: {
    aspect: 'cordon',
    many: 'youCordonAll',
    tone: 'plain',
    isSo: (_, node) => node?.spec.unschedulable === true,
  },
  youUncordon: {
    aspect: 'cordon',
    many: 'youUncordonAll',
    tone: 'plain',
    isSo: (_, node) => node !== undefined && node.spec.unschedulable !== true,
  },
};

const RACK_LABEL = 'topology.kubernetes.io/rack';
/** One alone is called by its name. */
const GROUP_MIN = 2;

interface Place {
  kind: 'Zone' | 'Rack';
  name: string;
  about: SceneLink;
}

/** What becomes of a group whose power or cable was cut or has come back. */
interface Fate extends Place {
  cause: 'power' | 'cable';
  isDown: boolean;
  names: Set<string>;
  /** Of a group that is down: those that fell silent; of one that is up: those not yet back. */
  silent: Set<string>;
  isSilentTold: boolean;
  isTaintTold: boolean;
}

export class GroupStories {
  /** The last act that was told of a machine, by aspect and name. */
  private readonly last = new Map<string, string>();
  /** Acts on single machines that were told of with their group. */
  private readonly passing = new Set<string>();
  private readonly fates = new Map<string, Fate>();

  constructor(
    private readonly view: StoryView,
    private readonly machines: Informer<Machine>,
  ) {
    machines.addHandler({
      added: ({ metadata: { name }, spec }) => {
        this.last.set(`power ${name}`, spec.power === 'Off' ? 'youPowerOff' : 'youPowerOn');
        this.last.set(`cable ${name}`, spec.network === 'Cut' ? 'youCutCable' : 'youPlugCable');
      },
    });
  }

  /** What is to be told instead of a story; undefined for what its group has told or will tell. */
  gather(found: Told): Told | undefined {
    const act = ACTS[found.rule];
    if (act) return this.gatherAct(found, act);
    const name = nodeOf(found);
    const fate =
      name === undefined ? undefined : (this.fates.get(name) ?? this.fateOf(found, name));
    if (name === undefined || !fate) return found;
    switch (found.rule) {
      case 'nodeSilent':
        return fate.isDown ? this.silent(fate, name) : found;
      case 'nodeTainted':
        return fate.isDown ? tainted(fate, found.parts.taint) : found;
      case 'podUnready':
        return fate.isDown ? undefined : found;
      case 'nodeBack':
        return fate.isDown ? found : back(fate, name);
      case 'nodeRebooted':
        return fate.isDown ? found : undefined;
      default:
        return found;
    }
  }

  private gatherAct(found: Told, act: GroupAct): Told | undefined {
    const name = nodeOf(found)!;
    const key = `${act.aspect} ${name}`;
    if (this.passing.delete(`${found.rule} ${name}`)) return undefined;
    const burst = this.burst(found.rule, name, act);
    if (!burst) {
      this.last.set(key, found.rule);
      if (act.aspect !== 'cordon') this.leave(name);
      return found;
    }
    const { place, names } = burst;
    for (const each of names) {
      this.last.set(`${act.aspect} ${each}`, found.rule);
      if (each !== name) this.passing.add(`${found.rule} ${each}`);
    }
    if (act.aspect !== 'cordon') this.begin(place, names, act.aspect, act.tone === 'bad');
    const { kind } = place;
    const parts = { kind, name: place.name, count: names.length };
    const also = names.map((each) => ({ ...linkTo('Machine', '', each), text: each }));
    return { ...told(act.many, parts, place.about, act.tone), also };
  }

  /** All of a rack or a zone, if the same has just been done to all of it. */
  private burst(rule: string, name: string, { aspect, isSo }: GroupAct) {
    const machine = this.machines.get(name);
    if (!machine || isControlPlane(machine)) return undefined;
    const zone = machine.spec.zone ?? '';
    const rack = rackOf(machine);
    const ofZone = this.workers((each) => (each.spec.zone ?? '') === zone);
    const ofRack = rack === '' ? [] : ofZone.filter((each) => rackOf(each) === rack);
    const isIt = ({ metadata }: Machine): boolean => {
      // What is listed may lag behind what was written.
      const now = this.view.read<Machine>(MACHINES, '', metadata.name);
      return now !== undefined && isSo(now, this.view.read<Node>('nodes', '', metadata.name));
    };
    const isNew = (each: Machine): boolean =>
      this.last.get(`${aspect} ${each.metadata.name}`) !== rule && isIt(each);
    const changed = ofZone.filter(isNew).map(({ metadata }) => metadata.name);
    if (changed.length < GROUP_MIN) return undefined;
    const isWholeZone = zone !== '' && ofZone.every(isIt);
    if (isWholeZone && changed.length === ofZone.length) return zoneBurst(zone, changed);
    const inRack = new Set(ofRack.map(({ metadata }) => metadata.name));
    if (changed.every((each) => inRack.has(each)) && ofRack.every(isIt)) {
      return rackBurst(zone, rack, changed);
    }
    return isWholeZone ? zoneBurst(zone, changed) : undefined;
  }

  /** That of a rack whose machines went down one by one, or when nobody told of it yet. */
  private fateOf({ rule }: Told, name: string): Fate | undefined {
    const machine = this.machines.get(name);
    const cause = machine && causeOf(machine);
    if (rule !== 'nodeSilent' || !machine || !cause || isControlPlane(machine)) return undefined;
    const zone = machine.spec.zone ?? '';
    const rack = rackOf(machine);
    if (rack === '') return undefined;
    const ofRack = this.workers((it) => (it.spec.zone ?? '') === zone && rackOf(it) === rack);
    // Some that are silent may have been told of alone.
    const names = ofRack.map(({ metadata }) => metadata.name).filter((it) => !this.fates.has(it));
    if (names.length < GROUP_MIN || ofRack.some((it) => causeOf(it) !== cause)) return undefined;
    this.begin(rackBurst(zone, rack, names).place, names, cause, true);
    return this.fates.get(name);
  }

  private workers(isMeant: (machine: Machine) => boolean): Machine[] {
    return [...this.machines.items.values()].filter(
      (each) => !isControlPlane(each) && isMeant(each),
    );
  }

  private begin(place: Place, names: string[], cause: Fate['cause'], isDown: boolean): void {
    const unheard = names.filter((name) => {
      const node = this.view.read<Node>('nodes', '', name);
      return node !== undefined && readinessOf(node) !== 'Ready';
    });
    const fate: Fate = {
      ...place,
      cause,
      isDown,
      names: new Set(names),
      silent: new Set(unheard),
      isSilentTold: false,
      isTaintTold: false,
    };
    for (const name of names) {
      this.leave(name);
      this.fates.set(name, fate);
    }
  }

  private leave(name: string): void {
    this.fates.get(name)?.names.delete(name);
    this.fates.delete(name);
  }

  /** Told when the last of them has fallen silent. */
  private silent(fate: Fate, name: string): Told | undefined {
    fate.silent.add(name);
    const { kind, about, names, cause } = fate;
    if (fate.isSilentTold || [...names].some((each) => !fate.silent.has(each))) return undefined;
    fate.isSilentTold = true;
    let pods = 0;
    for (const each of names) {
      for (const { status } of this.view.podsOn(each)) {
        if (status.phase !== 'Succeeded' && status.phase !== 'Failed') pods++;
      }
    }
    const parts = { kind, name: fate.name, count: names.size, pods, cause };
    return told('groupSilent', parts, about, 'bad', about);
  }
}

/** Told of the first that is tainted once all are silent; the others follow at the zone's rate. */
function tainted(fate: Fate, taint: string): Told | undefined {
  if (!fate.isSilentTold || fate.isTaintTold) return undefined;
  fate.isTaintTold = true;
  const { kind, name, names, about } = fate;
  return told('groupTainted', { kind, name, count: names.size, taint }, about, 'bad', about);
}

/** Told when the last of them is heard of. */
function back(fate: Fate, name: string): Told | undefined {
  const isLast = fate.silent.delete(name) && fate.silent.size === 0;
  if (!isLast) return undefined;
  const { kind, names, about } = fate;
  return told('groupBack', { kind, name: fate.name, count: names.size }, about, 'good', about);
}

function nodeOf({ rule, parts, because }: Told): string | undefined {
  // A pod says by its cause which node it is on.
  if (rule === 'podUnready') return because?.name;
  return 'node' in parts ? parts.node : undefined;
}

function causeOf({ spec }: Machine): Fate['cause'] | undefined {
  if (spec.power === 'Off') return 'power';
  return spec.network === 'Cut' ? 'cable' : undefined;
}

function isControlPlane({ spec }: Machine): boolean {
  return spec.role === 'control-plane';
}

function rackOf({ spec }: Machine): string {
  return spec.labels?.[RACK_LABEL] ?? '';
}

function zoneBurst(zone: string, names: string[]) {
  const about = { kind: 'Zone', namespace: '', name: zone, text: zone };
  return { place: { kind: 'Zone', name: zone, about } as const, names };
}

function rackBurst(zone: string, rack: string, names: string[]) {
  const about = { kind: 'Rack', namespace: zone, name: rack, text: `Rack ${rack}` };
  return { place: { kind: 'Rack', name: rack, about } as const, names };
}
