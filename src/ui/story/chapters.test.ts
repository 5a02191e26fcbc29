import { describe, expect, it } from 'vitest';
import type { SceneLink, SceneStory } from '../../scene/scene';
import { chaptersOf, storiesWith } from './chapters';
import type { StoryBook } from './story-book';

const link = (kind: string, name: string, act?: SceneLink['act']): SceneLink => ({
  kind,
  namespace: kind === 'Node' ? '' : 'default',
  name,
  text: `${kind} ${name}`,
  ...(act && { act }),
});
const deployment = link('Deployment', 'web', 'youCreate');
const replicaSet = link('ReplicaSet', 'web-7d9f');

let lastId = 0;

function story(
  rule: SceneStory['rule'],
  chain: SceneLink[],
  more: { parts?: object; root?: number; tone?: SceneStory['tone'] } = {},
): SceneStory {
  const id = ++lastId;
  const { parts = {}, root = 0, tone = 'plain' } = more;
  const about = chain.at(-1)!;
  return { id, atMs: id * 1_000, rule, parts, tone, about, chain, root } as unknown as SceneStory;
}

function rollout(): SceneStory[] {
  lastId = 0;
  const pods = ['a', 'b', 'c'].map((name) => link('Pod', name));
  const root = 1;
  return [
    story('youCreate', [deployment], { root }),
    story('replicaSetCreated', [deployment, replicaSet], {
      root,
      parts: { deployment: 'web', replicaSet: 'web-7d9f' },
    }),
    ...pods.map((pod) => story('podCreated', [deployment, replicaSet, pod], { root })),
    ...pods.map((pod) => story('podReady', [deployment, replicaSet, pod], { root })),
  ];
}

function book(stories: SceneStory[], runs: [number, string][] = []): StoryBook {
  return { stories, runs: new Map(runs.map(([root, fileName]) => [root, { id: 7, fileName }])) };
}

describe('the chapters of the story', () => {
  it('hold what came of one act, in groups of the same thing', () => {
    const [chapter, ...others] = chaptersOf(book(rollout()));
    expect(others).toEqual([]);
    expect(chapter!.act?.rule).toBe('youCreate');
    expect(chapter!.groups.map(({ key, stories }) => [key, stories.length])).toEqual([
      ['youCreate Deployment/default/web 1', 1],
      ['replicaSetCreated ReplicaSet/default/web-7d9f', 1],
      ['podCreated ReplicaSet/default/web-7d9f', 3],
      ['podReady ReplicaSet/default/web-7d9f', 3],
    ]);
    expect(chapter).toMatchObject({ count: 8, startMs: 1_000, endMs: 8_000 });
  });

  it('know a rollout and how it ends', () => {
    const stories = rollout();
    const state = () => chaptersOf(book(stories))[0]!.rollouts;
    expect(state()).toEqual([{ deployment: 'web', replicaSet: 'web-7d9f', state: 'running' }]);
    stories.push(story('rolloutDone', [deployment], { root: 1, parts: { deployment: 'web' } }));
    expect(state()[0]!.state).toBe('done');
  });

  it('are one for all objects of a file that was applied', () => {
    const stories = rollout();
    stories.push(story('youCreate', [link('Service', 'web', 'youCreate')], { root: lastId + 1 }));
    const chapters = chaptersOf(
      book(stories, [
        [1, 'web.yaml'],
        [9, 'web.yaml'],
      ]),
    );
    expect(chapters.map(({ key, run, count }) => [key, run?.fileName, count])).toEqual([
      ['run 7', 'web.yaml', 9],
    ]);
  });

  it('begin with an object when the cluster acts by itself, the newest first', () => {
    const stories = rollout();
    stories.push(story('nodeSilent', [link('Node', 'n3')]));
    const [newest, older] = chaptersOf(book(stories));
    expect([newest!.act, newest!.about.name, older!.act?.id]).toEqual([undefined, 'n3', 1]);
  });
});

describe('looking for stories', () => {
  const stories = rollout();
  stories.push(story('nodeSilent', [link('Node', 'n3')], { parts: { node: 'n3' } }));
  stories.push(
    story('podBound', [deployment, link('Pod', 'z')], { parts: { pod: 'z', node: 'n3' } }),
  );
  const found = (text: string, only: SceneLink | null = null) =>
    storiesWith(stories, { text, only }).map(({ rule, about }) => `${rule} ${about.name}`);

  it('finds all without a wish', () => {
    expect(found(' ')).toHaveLength(stories.length);
  });

  it('finds by name, kind and what is said', () => {
    expect(found('N3')).toEqual(['nodeSilent n3', 'podBound z']);
    expect(found('replicaset')).toHaveLength(7);
  });

  it('finds what an object is part of', () => {
    expect(found('', link('Pod', 'b'))).toEqual(['podCreated b', 'podReady b']);
    expect(found('', link('Node', 'n3'))).toEqual(['nodeSilent n3', 'podBound z']);
  });
});
