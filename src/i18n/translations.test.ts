import { describe, expect, it } from 'vitest';
import { english } from './en/english';
import { simplified } from './zh-hans/simplified';
import { traditional } from './zh-hant/traditional';

const HAN = /\p{Script=Han}/u;
/** A word that a translation would not leave as it is: two small letters and more. */
const ENGLISH_WORD = /[A-Za-z]*[a-z]{2,}/g;

/** What the field writes in English in every language. */
const KEPT = new Set(
  [
    'Kubarium Kubernetes kubeadm kubectl kubelet containerd minikube kind Node Pod Pods Service',
    'Deployment ReplicaSet StatefulSet DaemonSet Job CronJob Machine Namespace Ingress ConfigMap',
    'ServiceAccount PersistentVolumeClaim HorizontalPodAutoscaler PodDisruptionBudget EndpointSlice',
    'Pending Running Ready NotReady Terminating Failed Succeeded Unknown ContainerCreating',
    'CrashLoopBackOff ImagePullBackOff headless init sidecar authn authz admit check store None',
    'Kubelet etcd kube proxy apiserver Gi Mem rev Rollout Filter Score Bind nginx',
    'NetworkPolicy ResourceQuota Active Backoff Unschedulable',
    'Space Enter Esc Del Home End PgUp PgDn mod Shift req YAML Dashboard webhook',
  ]
    .join(' ')
    .split(' '),
);

interface Leaf {
  path: string;
  text: string;
  isFunction: boolean;
}

function leaves(tree: object, path = ''): Leaf[] {
  return Object.entries(tree).flatMap(([key, value]: [string, unknown]): Leaf[] => {
    const at = `${path}/${key}`;
    if (typeof value === 'string') return [{ path: at, text: value, isFunction: false }];
    if (typeof value === 'function') {
      const text = (value as () => string).toString();
      return [{ path: at, text, isFunction: true }];
    }
    return leaves(value as object, at);
  });
}

/** Texts of literals and templates of a function's source, without what is filled in. */
function wordsOf({ text, isFunction }: Leaf): string[] {
  const literals = isFunction ? [...text.matchAll(/'([^']*)'|"([^"]*)"|`([^`]*)`/g)] : [[text]];
  return literals
    .map((parts) => parts.slice(isFunction ? 1 : 0).find((part) => part !== undefined) ?? '')
    .map((part) => part.replace(/\$\{[^}]*\}/g, ' '))
    .flatMap((part) => part.match(ENGLISH_WORD) ?? []);
}

const englishLeaves = new Map(leaves(english).map((leaf) => [leaf.path, leaf]));

describe.each([
  ['Traditional', traditional],
  ['Simplified', simplified],
])('the %s Chinese words', (_, words) => {
  it('are not the English ones, unless the field itself says them so', () => {
    const left = leaves(words).filter((leaf) => {
      if (HAN.test(leaf.text)) return false;
      const same = englishLeaves.get(leaf.path)?.text === leaf.text;
      return same && wordsOf(leaf).some((word) => !KEPT.has(word));
    });
    expect(left.map(({ path, text }) => `${path}: ${text}`)).toEqual([]);
  });

  it('have a space between Chinese and Latin', () => {
    const tight = leaves(words).filter(
      ({ text, isFunction }) =>
        !isFunction && /\p{Script=Han}[A-Za-z]|[A-Za-z]\p{Script=Han}/u.test(text),
    );
    expect(tight.map(({ path, text }) => `${path}: ${text}`)).toEqual([]);
  });

  it('have full-width punctuation between Chinese', () => {
    const half = leaves(words).filter(({ text }) =>
      /\p{Script=Han}[,;:?!]|\p{Script=Han}\.(?!\.)/u.test(text),
    );
    expect(half.map(({ path, text }) => `${path}: ${text}`)).toEqual([]);
  });
});

it('Traditional and Simplified are each written for their readers', () => {
  const hant = leaves(traditional)
    .map(({ text }) => text)
    .join('\n');
  const hans = leaves(simplified)
    .map(({ text }) => text)
    .join('\n');
  for (const mainland of ['默认', '默認', '節点', '集群', '软件', '調度', '鏡像', '鼠标', '屏幕']) {
    expect(hant).not.toContain(mainland);
  }
  for (const taiwan of [
    '預設',
    '叢集',
    '丛集',
    '預设',
    '排程',
    '映像檔',
    '映像档',
    '滑鼠',
    '佇列',
  ]) {
    expect(hans).not.toContain(taiwan);
  }
});
