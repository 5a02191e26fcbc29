// What is wrong now with a group of nodes, in plain words: what has fallen silent and what the node
// lifecycle controller makes of it, what of the control plane is down, which pods are in trouble.
import {
  LARGE_ZONE_NODES,
  NODE_GRACE_MS,
  TOLERATION_SECONDS,
  UNHEALTHY_SHARE,
} from '../../../api/node-eviction';
import type { ActTarget } from '../../acts/act';
import { controlPlaneOutages } from '../../acts/outages';
import { span } from '../../canvas/quantities';
import { lostGroups, type LostGroup } from '../../state/lost-groups';
import type { Group } from '../../state/node-groups';
import type { SceneData } from '../../state/scene-store';
import type { GroupFigures } from './group-figures';
import { words } from './words';
import { judgeZone } from './zone-judgement';

export interface Mend {
  act: string;
  target: ActTarget;
  offer?: string;
  name: string;
}

export interface Trouble {
  id: string;
  tone: 'bad' | 'warn';
  title: string;
  about: string;
  mend?: Mend;
}

type Scene = Pick<SceneData, 'nodes' | 'pods' | 'components'>;

/** When the power or the cable of a group or a node was last cut, as far as it is known. */
export type LostAt = (lost: LostGroup) => number | undefined;

/** The gravest first. */
export function troublesOf(
  scene: Scene,
  group: Group,
  figures: GroupFigures,
  nowMs: number,
  lostAt: LostAt,
): Trouble[] {
  const lost = lostGroups(figures.members, scene.nodes);
  const outages = group.kind === 'Canvas' ? controlPlaneOutages(scene) : [];
  return [
    ...outages.map(({ id, title, goesOn, mend }): Trouble => ({
      id,
      tone: 'bad',
      title,
      about: goesOn,
      ...(mend && { mend }),
    })),
    ...lost.map((each) => lostTrouble(scene, each, nowMs, lostAt)),
    ...pressed(figures),
    ...podTroubles(figures),
  ];
}

function lostTrouble(scene: Scene, lost: LostGroup, nowMs: number, lostAt: LostAt): Trouble {
  const { cause, nodes, zone } = lost;
  const atMs = lostAt(lost);
  const heardMs = Math.max(...nodes.map(({ heartbeatMs }) => heartbeatMs));
  const ago = span(Math.max(0, nowMs - (atMs ?? heardMs)));
  const who = nameOf(lost);
  const known = { power: words.lost.power, cable: words.lost.cable, news: words.lost.news };
  const unknown = { power: words.lost.off, cable: words.lost.cut, news: words.lost.news };
  const mend = mendOf(lost);
  return {
    id: `${cause} ${zone} ${nodes[0]!.name}`,
    tone: 'bad',
    title: (atMs === undefined ? unknown : known)[cause](who, ago),
    about: whatFollows(scene, lost),
    ...(mend && { mend }),
  };
}

/** 'Rack b-09', 'zone-b', 'n3', '5 nodes in zone-b'. */
function nameOf({ group, nodes, zone }: LostGroup): string {
  if (group) return group.kind === 'Rack' ? words.rack(group.name) : group.name;
  return nodes.length === 1 ? nodes[0]!.name : words.some(nodes.length, zone);
}

function mendOf({ cause, group, nodes }: LostGroup): Mend | undefined {
  const isPower = cause === 'power';
  if (cause === 'news') return undefined;
  const name = isPower ? words.acts.onOff : words.acts.onCut;
  const act = isPower ? 'powerOn' : 'plugCable';
  if (group) {
    const who = group.kind === 'Rack' ? words.acts.rackName(group.name) : group.name;
    return { act: `${act}Group`, target: group, name: name(who) };
  }
  // Of a few here and there the way back is told of the first.
  const first = nodes[0]!.name;
  return { act, target: { kind: 'Node', namespace: '', name: first }, name: name(first) };
}

/** What the controller does about it, by the rules that it goes by. */
function whatFollows({ nodes, components }: Scene, lost: LostGroup): string {
  const judges = components.filter(({ name }) => name === 'kube-controller-manager');
  if (judges.length > 0 && !judges.some(({ state }) => state === 'running')) {
    return words.nobodyJudges;
  }
  const given = lost.nodes.filter(({ ready }) => ready !== 'Ready').length;
  if (given === 0) return words.notYet(NODE_GRACE_MS / 1_000);
  const {
    state,
    isAllDown,
    nodes: all,
    notReady,
    tainted,
    perSecond,
  } = judgeZone(lost.zone, nodes.values());
  if (isAllDown) return words.allDown;
  const part = notReady / all;
  const share = words.share(notReady, all, words.inZone(lost.zone), Math.round(part * 100));
  const limit = Math.round(UNHEALTHY_SHARE * 100);
  const minutes = TOLERATION_SECONDS / 60;
  const rate = String(perSecond);
  const progress = perSecond > 0 ? ` ${words.tainted(tainted, notReady)}` : '';
  if (state === 'FullDisruption') return words.full(share, rate, minutes) + progress;
  if (state === 'Normal') {
    const says = part < UNHEALTHY_SHARE;
    return (
      (says ? words.normal(share, limit, rate, minutes) : words.few(share, rate, minutes)) +
      progress
    );
  }
  if (perSecond === 0) return words.stopped(share, limit, LARGE_ZONE_NODES);
  return words.slow(share, limit, rate, LARGE_ZONE_NODES) + progress;
}

function pressed({ members }: GroupFigures): Trouble[] {
  return members
    .filter(({ pressures = [] }) => pressures.length > 0)
    .slice(0, 3)
    .map(({ name, pressures }) => ({
      id: `pressure ${name}`,
      tone: 'warn',
      title: words.pressure(name),
      about: pressures!.join(', '),
    }));
}

function podTroubles({ looks, unscheduled }: GroupFigures): Trouble[] {
  const found: Trouble[] = [];
  const tell = (id: string, n: number, title: string, about: string): void => {
    if (n > 0) found.push({ id, tone: 'warn', title, about });
  };
  tell('crashing', looks.crashLoop, words.crashing(looks.crashLoop), words.crashingAbout);
  tell('failed', looks.failed, words.failed(looks.failed), words.failedAbout);
  tell('pending', unscheduled, words.pending(unscheduled), words.pendingAbout);
  return found;
}
