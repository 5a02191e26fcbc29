import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { machines, nodes } from '../api/resource-ref';
import type { Cluster } from '../cluster/cluster';
import { createWholeCluster } from '../cluster/whole-cluster';
import { stories as words } from '../i18n/en/stories';
import type { SceneStory } from './scene';

let cluster: Cluster;

/** Thirty-three workers or so in each of three zones, twelve a rack. */
beforeAll(() => {
  cluster = createWholeCluster({ seed: 1, preset: 'nodes-100', workers: 100, pace: 'real' });
  cluster.boot();
  cluster.clock.runFor(60_000);
  cluster.observer.flush();
});

afterAll(() => {
  cluster = undefined!;
});

const rackB1 = Array.from({ length: 12 }, (_, at) => `node-b-${String(at + 1).padStart(3, '0')}`);
const zoneC = Array.from({ length: 33 }, (_, at) => `node-c-${String(at + 1).padStart(3, '0')}`);

function change(names: readonly string[], spec: object): void {
  for (const name of names) {
    cluster.world.patch(machines, '', name, { spec }, { patchType: 'merge' });
  }
}

function told(act: () => void, ms: number): SceneStory[] {
  act();
  const found: SceneStory[] = [];
  for (let passed = 0; passed < ms; passed += 1_000) {
    cluster.clock.runFor(1_000);
    found.push(...cluster.observer.flush().stories);
  }
  return found;
}

function lineOf({ rule, parts, tone, chain }: SceneStory): string {
  const sentence = (words.rules[rule].says as (parts: object) => string)(parts);
  const [first] = chain;
  const from = first?.act ? words.acts[first.act](first.text) : first?.text;
  return `${tone}: ${sentence} | ${from}`;
}

describe('what one act does to a whole rack', () => {
  it('is told once: the act, the silence, the taints, and the return', () => {
    const down = told(() => change(rackB1, { power: 'Off' }), 120_000);
    expect(down.map(lineOf)).toEqual([
      'bad: You cut the power of rack **b-01** → 12 machines stop | you powered Rack b-01 off',
      'bad: Rack **b-01** lost power → 12 nodes NotReady → 12 pods unheard of | ' +
        'you powered Rack b-01 off',
      'bad: Rack **b-01** is unreachable → its 12 nodes are tainted one after the other, ' +
        'their pods leave 300 s later | you powered Rack b-01 off',
    ]);
    expect(new Set(down.map(({ root }) => root))).toEqual(new Set([down[0]!.id]));
    const up = told(() => change(rackB1, { power: 'On' }), 60_000);
    const lines = up.map(lineOf);
    expect(lines).toContain(
      'good: You switch rack **b-01** on → 12 machines boot, their kubelets rejoin | ' +
        'you powered Rack b-01 on',
    );
    expect(lines).toContain(
      'good: Rack **b-01** is heard of again → 12 nodes are Ready | you powered Rack b-01 on',
    );
    expect(up.filter(({ rule }) => rule === 'nodeBack' || rule === 'youPowerOn')).toEqual([]);
  });

  it('is told of the zone where that is all of it', () => {
    const [act] = told(() => change(zoneC, { network: 'Cut' }), 1_000);
    expect(lineOf(act!)).toBe(
      'bad: You cut the cables of **zone-c** → 33 machines run on, unheard | ' +
        'you cut the cables of zone-c',
    );
    expect(act!.about).toEqual({ kind: 'Zone', namespace: '', name: 'zone-c', text: 'zone-c' });
    change(zoneC, { network: 'Connected' });
  });

  it('is told of a cordon, too', () => {
    const cordoned = told(() => {
      for (const name of rackB1) {
        cluster.client.patch(nodes, '', name, { spec: { unschedulable: true } });
      }
    }, 2_000);
    expect(cordoned.map(lineOf)).toContain(
      'plain: You cordon rack **b-01** → 12 nodes take no new pods | you cordoned Rack b-01',
    );
    expect(cordoned.filter(({ rule }) => rule === 'youCordon')).toEqual([]);
  });
});

it('is told of at once, before the picture has heard of the machines', () => {
  const rackA2 = Array.from({ length: 12 }, (_, at) => `node-a-0${at + 13}`);
  change(rackA2, { network: 'Cut' });
  const { stories } = cluster.observer.flush();
  expect(stories.map(({ rule }) => rule)).toEqual(['youCutCableAll']);
  change(rackA2, { network: 'Connected' });
  cluster.observer.flush();
});

describe('what is done to some of a rack', () => {
  it('is told of each', () => {
    const [first, second] = told(() => change(rackB1.slice(0, 2), { power: 'Off' }), 1_000);
    expect([first!.rule, second!.rule]).toEqual(['youPowerOff', 'youPowerOff']);
  });

  it('and of the one that completes it alone, since the others went before', () => {
    told(() => change(rackB1.slice(2, 11), { power: 'Off' }), 1_000);
    const stories = told(() => change(rackB1.slice(11), { power: 'Off' }), 1_000);
    expect(stories.map(({ rule }) => rule)).toEqual(['youPowerOff']);
  });

  it('but what comes of a rack that is down as a whole is told once', () => {
    const rules = told(() => {}, 90_000).map(({ rule }) => rule);
    expect(rules.filter((rule) => /Silent|Tainted/.test(rule))).toEqual([
      'groupSilent',
      'groupTainted',
    ]);
  });
});
