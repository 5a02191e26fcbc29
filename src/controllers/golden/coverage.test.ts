// That each controller is held against five pairs of input and output at the least, wherever they
// stand: recorded, written from upstream's code, or as diaries of a whole cluster.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { extension } from '../../cluster/extension';
import type { PairFile } from '../../testing/pair-stage';
import { CONTROLLERS } from '../index';

const PAIRS_MIN = 5;

/** Where a controller's pairs stand that are neither `pairs/<its name>.yaml` nor in its folder. */
const ELSEWHERE: Readonly<Record<string, RegExp>> = {
  deployment: /^c-deploy/,
  replicaset: /^c-rs/,
  daemonset: /^[co]-ds/,
  endpoints: /^c-(slice|svc)/,
  endpointslice: /^c-(slice|svc)/,
  'garbage-collector': /^(c-gc|c-job-delete|o-rc-delete)/,
  job: /^(c-job|job\/)/,
  cronjob: /^(c-cronjob|cronjob\/)/,
  disruption: /^(c-pdb|disruption\/)/,
  replicationcontroller: /^o-rc/,
  statefulset: /^[co]-sts/,
  'horizontal-pod-autoscaler': /^[co]-hpa/,
  'persistentvolume-binder': /^(c-pv|storage\/binder)/,
  'ephemeral-volume': /^storage\/ephemeral/,
  'persistentvolume-attach-detach': /^storage\/attach/,
  'csi-attacher': /^storage\/attach/,
  'persistentvolume-expander': /^storage\/expand/,
  'csi-resizer': /^storage\/expand/,
  'csi-modifier': /^storage\/attributes/,
  'volumeattributesclass-protection': /^storage\/attributes/,
  'device-taint-eviction': /^devices\/taint/,
  'csi-provisioner': /^storage\/(provisioner|binder|cluster)/,
  'local-path-provisioner': /^storage\/(provisioner|cluster)/,
  'minikube-hostpath-provisioner': /^storage\/(provisioner|cluster)/,
};

function filesIn(path: string): string[] {
  const folder = new URL(path, import.meta.url);
  return existsSync(folder) ? readdirSync(folder) : [];
}

const scripts = [
  ...filesIn('./').filter((name) => name.endsWith('.json')),
  ...filesIn('../').flatMap((name) =>
    filesIn(`../${name}/pairs/`).map((file) => `${name}/${file}`),
  ),
  ...filesIn('../../cluster/storage/cases/').map((file) => `storage/${file}`),
  ...filesIn('../../cluster/devices/cases/').map((file) => `devices/${file}`),
].filter((name) => !name.endsWith('.txt') && !name.startsWith('golden/'));

function pairsOf(name: string): number {
  const own = new URL(`./pairs/${name}.yaml`, import.meta.url);
  const file = existsSync(own) && (parse(readFileSync(own, 'utf8'), { merge: true }) as PairFile);
  const isIts = (script: string): boolean =>
    ELSEWHERE[name] ? ELSEWHERE[name].test(script) : script.startsWith(`${name}/`);
  const others = scripts.filter(isIts).length;
  return (file ? file.pairs.length : 0) + others;
}

const names = new Set([...CONTROLLERS, ...extension.controllers].map(({ name }) => name));

test.each([...names])('%s has five pairs', (name) => {
  expect(pairsOf(name)).toBeGreaterThanOrEqual(PAIRS_MIN);
});
