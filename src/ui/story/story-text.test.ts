import { afterEach, describe, expect, it } from 'vitest';
import { speak } from '../../i18n/catalog';
import { english } from '../../i18n/en/english';
import { simplified } from '../../i18n/zh-hans/simplified';
import { traditional } from '../../i18n/zh-hant/traditional';
import type { SceneLink, SceneStory } from '../../scene/scene';
import {
  chainParts,
  namedObject,
  nextOf,
  plainText,
  sentenceOf,
  sentenceOfMany,
  textParts,
} from './story-text';

afterEach(() => speak(english));

const POD = { kind: 'Pod', namespace: 'default', name: 'web-7d9f-mq7lp', text: 'Pod mq7lp' };

function story(rule: SceneStory['rule'], parts: object): SceneStory {
  return { id: 1, atMs: 0, rule, parts, tone: 'plain', about: POD, chain: [], root: 0 } as never;
}

const created = story('podCreated', {
  kind: 'ReplicaSet',
  owner: 'web-7d9f',
  pod: 'web-7d9f-mq7lp',
  count: 3,
});

describe('a story', () => {
  it.each([
    ['English', english, 'ReplicaSet **web-7d9f** wants 3 pods → creates **web-7d9f-mq7lp**'],
    [
      'Traditional Chinese',
      traditional,
      'ReplicaSet **web-7d9f** 想要 3 個 Pod → 建立 **web-7d9f-mq7lp**',
    ],
    [
      'Simplified Chinese',
      simplified,
      'ReplicaSet **web-7d9f** 需要 3 个 Pod → 创建 **web-7d9f-mq7lp**',
    ],
  ])('is told in %s', (_, words, sentence) => {
    speak(words);
    expect(sentenceOf(created)).toBe(sentence);
  });

  it('ends its chain with what comes next', () => {
    expect(nextOf(created)).toBe('waits for a node');
    speak(traditional);
    expect(nextOf(created)).toBe('等待節點');
  });

  it('is told once for many of a kind, with the right plural', () => {
    expect(sentenceOfMany(created, 10)).toBe('ReplicaSet **web-7d9f** creates **10 pods**');
    expect(sentenceOfMany(created, 1)).toBe('ReplicaSet **web-7d9f** creates **1 pod**');
    expect(sentenceOfMany(story('nodeSilent', { node: 'n1' }), 2)).toBeUndefined();
    speak(simplified);
    expect(sentenceOfMany(created, 1200)).toBe('ReplicaSet **web-7d9f** 创建 **1,200 个 Pod**');
  });
});

describe('a chain of causes', () => {
  const deployment = {
    kind: 'Deployment',
    namespace: 'default',
    name: 'web',
    text: 'Deployment web',
  };
  const act: SceneLink = { ...deployment, act: 'youCreate' };
  const told = { ...created, chain: [act, act, POD] };

  it('begins with what the person did, and says nothing twice', () => {
    expect(chainParts(told).map(({ text, isNow }) => [text, isNow])).toEqual([
      ['you created Deployment web', false],
      ['Pod mq7lp', true],
    ]);
  });

  it('begins with the file that was applied, then with what was in it', () => {
    const back = { ...told, chain: [act, deployment], about: deployment };
    expect(chainParts(back, 'web.yaml').map(({ text }) => text)).toEqual([
      'you applied web.yaml',
      'Deployment web',
    ]);
    speak(traditional);
    expect(chainParts(told, 'web.yaml').map(({ text }) => text)).toEqual([
      '你套用了 web.yaml',
      'Deployment web',
      'Pod mq7lp',
    ]);
  });
});

describe('a bold name', () => {
  it('stands for an object that the story knows', () => {
    expect(namedObject(created, 'web-7d9f-mq7lp')).toMatchObject({ kind: 'Pod' });
    expect(namedObject(created, 'web-7d9f')).toMatchObject({ kind: 'ReplicaSet' });
    expect(namedObject(story('podBound', { pod: 'p', node: 'n2' }), 'n2')).toMatchObject({
      kind: 'Node',
      namespace: '',
    });
    expect(namedObject(created, '10 pods')).toBeUndefined();
  });
});

describe('a sentence', () => {
  it('has its bold parts between double asterisks', () => {
    expect(textParts('ReplicaSet **web** wants **3**')).toEqual([
      { text: 'ReplicaSet ', bold: false },
      { text: 'web', bold: true },
      { text: ' wants ', bold: false },
      { text: '3', bold: true },
    ]);
    expect(plainText('ReplicaSet **web** wants **3**')).toBe('ReplicaSet web wants 3');
  });
});
