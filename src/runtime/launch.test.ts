import { expect, test } from 'vitest';
import type { Container as ContainerSpec } from '../api/types';
import { parseImage } from './image-reference';
import { findImage, learnImages } from './images';
import { moreImages } from './images/more-images';
import { launch } from './launch';
import { shellForesight } from './script-plan';
import { learnScripts } from './scripts';

learnImages(moreImages);
learnScripts(shellForesight);

function process(image: string, more: Partial<ContainerSpec> = {}) {
  return launch({ name: 'a', image, ...more }, findImage(parseImage(image).name));
}

test('equal containers share one process', () => {
  expect(process('nginx:1.27')).toBe(process('nginx:1.28'));
  const command = ['sleep', '5'];
  expect(process('busybox', { command })).toBe(process('busybox', { command: [...command] }));
});

test('the mount of a service account token changes nothing', () => {
  const volumeMounts = [
    { name: 't', mountPath: '/var/run/secrets/kubernetes.io/serviceaccount', readOnly: true },
  ];
  expect(process('nginx', { volumeMounts })).toBe(process('nginx'));
});

test.each<[string, Partial<ContainerSpec>, number[]]>([
  ['nginx', {}, [80]],
  ['nginx', { args: ['-g', 'daemon off;'] }, [80]],
  ['example.com/shop/cart', { ports: [{ containerPort: 7070 }] }, [7070]],
  ['example.com/shop/cart', { command: ['/cart'], ports: [{ containerPort: 7070 }] }, [7070]],
  ['registry.k8s.io/e2e-test-images/agnhost:2.40', { args: ['netexec', '--http-port=80'] }, [80]],
  ['registry.k8s.io/e2e-test-images/agnhost:2.40', { args: ['serve-hostname'] }, [9376]],
  ['python:3.12', { command: ['python', '-m', 'http.server', '8000'] }, [8000]],
  ['python:3.12', { command: ['python', 'app.py'], ports: [{ containerPort: 5000 }] }, [5000]],
  ['redis', { command: ['redis-server', '--appendonly', 'yes'] }, [6379]],
])('%s with %j listens', (image, more, ports) => {
  expect(process(image, more)).toMatchObject({ ports, exitAfterMs: Infinity });
});

test.each<[string, Partial<ContainerSpec>, number, number]>([
  ['busybox', { args: ['sleep', '3'] }, 3005, 0],
  ['ubuntu', { command: ['/bin/bash', '-c', 'exit 7'] }, 5, 7],
  ['nginx', { command: ['sh', '-c', 'sleep 1; false'] }, 1005, 1],
])('%s with %j ends', (image, more, exitAfterMs, exitCode) => {
  expect(process(image, more)).toMatchObject({ exitAfterMs, exitCode });
});

test('a control-plane image stands for its program, whatever its flags', () => {
  const image = 'registry.k8s.io/kube-scheduler:v1.36.0';
  expect(process(image, { command: ['kube-scheduler', '--leader-elect=true'] })).toMatchObject({
    program: 'kube-scheduler',
    ports: [10259],
  });
});

test.each<[string, Partial<ContainerSpec>, boolean]>([
  ['busybox', { command: ['/bin/sh'], stdin: true, tty: true }, true],
  ['ubuntu', { args: ['bash', '-il'], stdin: true }, true],
  ['busybox', { stdin: true }, true],
  ['busybox', { command: ['/bin/sh'] }, false],
  ['busybox', {}, false],
  ['busybox', { command: ['sh', '-c', 'exit 0'], stdin: true }, false],
  ['hello-world', { stdin: true }, false],
])('a shell waits for as long as its input is open: %s with %j', (image, more, waits) => {
  expect(process(image, more).exitAfterMs === Infinity).toBe(waits);
});

test.each<[string, Partial<ContainerSpec>]>([
  ['example.com/tool', {}],
  ['example.com/tool', { command: ['/migrate', '--all'] }],
  ['example.com/tool', { args: ['create'] }],
  ['python:3.12', { command: ['python', 'train.py'] }],
])('%s with %j ends where that is expected of it', (image, more) => {
  const definition = findImage(parseImage(image).name);
  const surroundings = { environment: {}, files: [], isErrand: true };
  const errand = launch({ name: 'a', image, ...more }, definition, surroundings);
  expect([errand.exitAfterMs < Infinity, errand.exitCode]).toEqual([true, 0]);
  expect(process(image, more).exitAfterMs).toBe(Infinity);
});

test('a server of a Job goes on serving', () => {
  const surroundings = { environment: {}, files: [], isErrand: true };
  const spec = { name: 'a', image: 'redis', command: ['redis-server'] };
  expect(launch(spec, findImage('docker.io/library/redis'), surroundings)).toMatchObject({
    ports: [6379],
    exitAfterMs: Infinity,
  });
});

test.each(['rev', 'tar', 'find', 'nproc', 'xargs'])('busybox has %s', (name) => {
  expect(process('busybox', { command: [name, '/input/data.txt'] }).startError).toBe('');
});

test.each<[string, string, string | undefined]>([
  ['250M', '100Mi', 'OOMKilled'],
  ['150M', '200Mi', undefined],
])('stress that takes %s of %s ends as %s', (bytes, memory, exitReason) => {
  const stressed = process('polinux/stress', {
    command: ['stress'],
    args: ['--vm', '1', '--vm-bytes', bytes, '--vm-hang', '1'],
    resources: { limits: { memory } },
  });
  expect(stressed.exitReason).toBe(exitReason);
  expect(stressed.exitAfterMs < Infinity).toBe(exitReason !== undefined);
});

test('stress ends when its time is over', () => {
  expect(process('polinux/stress', { command: ['stress', '-t', '60s'] }).exitAfterMs).toBe(60_005);
});

test.each([
  ['registry.aliyuncs.com/google_containers/pause:3.9', 'registry.k8s.io/pause'],
  ['k8s.gcr.io/busybox', 'registry.k8s.io/busybox'],
  ['m.daocloud.io/docker.io/library/nginx:1.25-perl', 'docker.io/library/nginx'],
  ['public.ecr.aws/docker/library/redis:7', 'docker.io/library/redis'],
  ['registry.k8s.io/redis:e2e', 'docker.io/library/redis'],
])('%s is a copy of %s', (copy, origin) => {
  const [found, original] = [copy, origin].map((image) => findImage(parseImage(image).name));
  expect(found?.process).toBe(original?.process);
  expect(found?.tags).toEqual({ isOpen: true });
});

test.each<[string, Partial<ContainerSpec>]>([
  ['curlimages/curl', { args: ['-s', 'https://example.com'] }],
  ['bitnami/kubectl', { command: ['kubectl', 'get', 'pods'] }],
  ['centos:7', {}],
])('%s with %j does its work and leaves', (image, more) => {
  const tool = process(image, more);
  expect(tool.exitAfterMs < Infinity || tool.asks !== undefined).toBe(true);
});
