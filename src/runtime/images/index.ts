import { assert } from '../../sim/assert';
import type { ImageDefinition } from '../image-definition';
import { nginx } from './nginx';
import { httpd } from './httpd';
import { redis } from './redis';
import { postgres } from './postgres';
import { mysql } from './mysql';
import { mariadb } from './mariadb';
import { mongo } from './mongo';
import { memcached } from './memcached';
import { rabbitmq } from './rabbitmq';
import { busybox } from './busybox';
import { alpine } from './alpine';
import { ubuntu } from './ubuntu';
import { debian } from './debian';
import { perl } from './perl';
import { bash } from './bash';
import { python } from './python';
import { node } from './node';
import { golang } from './golang';
import { helloWorld } from './hello-world';
import { wordpress } from './wordpress';
import { whoami } from './whoami';
import { traefik } from './traefik';
import { echoServer } from './echo-server';
import { podinfo, podinfoGhcr } from './podinfo';
import { httpEcho } from './http-echo';
import { kubernetesBootcamp } from './kubernetes-bootcamp';
import { helloApp, helloAppGcr } from './hello-app';
import { echoserver } from './echoserver';
import { agnhost } from './agnhost';
import { e2eTestImages } from './e2e-test-images';
import { pause } from './pause';
import { coredns } from './coredns';
import { etcd } from './etcd';
import { kubeApiserver } from './kube-apiserver';
import { kubeControllerManager } from './kube-controller-manager';
import { kubeScheduler } from './kube-scheduler';
import { kubeProxy } from './kube-proxy';

/** Every image that the simulated registries know; any other name is a plain server. */
export const IMAGES = [
  nginx,
  httpd,
  redis,
  postgres,
  mysql,
  mariadb,
  mongo,
  memcached,
  rabbitmq,
  busybox,
  alpine,
  ubuntu,
  debian,
  perl,
  bash,
  python,
  node,
  golang,
  helloWorld,
  wordpress,
  whoami,
  traefik,
  echoServer,
  podinfo,
  podinfoGhcr,
  httpEcho,
  kubernetesBootcamp,
  helloApp,
  helloAppGcr,
  echoserver,
  agnhost,
  ...e2eTestImages,
  pause,
  coredns,
  etcd,
  kubeApiserver,
  kubeControllerManager,
  kubeScheduler,
  kubeProxy,
] as const satisfies readonly ImageDefinition[];

/** Of another chunk: from now on the registries know these, too. */
export function learnImages(images: readonly ImageDefinition[]): void {
  for (const image of images) byName.set(image.name, image);
}

const byName = new Map<string, ImageDefinition>();
for (const image of IMAGES) {
  assert(!byName.has(image.name), `image ${image.name} is defined twice`);
  byName.set(image.name, image);
}

/** The image of that registry and repository, if it is a known one or the copy of one. */
export function findImage(name: string): ImageDefinition | undefined {
  return byName.get(name) ?? copyOf(name);
}

/** Registries that have what another one has, with the part of the name that both share. */
const COPIES: readonly (readonly [pattern: RegExp, origin: string])[] = [
  [/^.*\/google[-_]containers\/(.+)$/, 'registry.k8s.io/'],
  [/^k8s\.gcr\.io\/(.+)$/, 'registry.k8s.io/'],
  [/^.*\/registry\.k8s\.io\/(.+)$/, 'registry.k8s.io/'],
  [/^.*\/library\/([^/]+)$/, 'docker.io/library/'],
  [/^registry\.k8s\.io\/(busybox|redis|nginx|perl|mysql|debian)$/, 'docker.io/library/'],
];

/** Not every tag is copied, and some are that the origin has not: any is taken to be there. */
function copyOf(name: string): ImageDefinition | undefined {
  for (const [pattern, origin] of COPIES) {
    const shared = pattern.exec(name)?.[1];
    const original = shared && origin + shared !== name && findImage(origin + shared);
    if (!original) continue;
    const copy = { ...original, name, tags: { isOpen: true } };
    byName.set(name, copy);
    return copy;
  }
  return undefined;
}
