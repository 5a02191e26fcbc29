import { expect, test } from 'vitest';
import type { Container } from '../api/types';
import { answeringMilli, calledHosts, ownLoad, withinLimits } from './load-model';

const MI = 1024 * 1024;
const shell = (script: string): Container => ({
  name: 'main',
  image: 'busybox:1.36',
  command: ['sh', '-c', script],
});

test.each([
  ['sleep 3600', 0],
  ['while true; do sleep 1; done', 0],
  ['while true; do date; sleep 5; done', 0],
  ['while true; do :; done', 1000],
  ['while :; do true; done', 1000],
  ['i=0; while true; do i=$((i+1)); done', 1000],
  ['for i in 1 2; do while true; do :; done & done; wait', 1000],
  ['yes > /dev/null', 1000],
  ['dd if=/dev/zero of=/dev/null', 1000],
  ['sha256sum /dev/zero', 1000],
  ['while sleep 0.01; do wget -q -O- http://web; done', 8],
])('%s takes %d thousandths of a core', (script, cpuMilli) => {
  expect(ownLoad(shell(script)).cpuMilli).toBe(cpuMilli);
});

test.each<[string, string[], number, number]>([
  ['polinux/stress', ['stress', '--cpu', '2'], 2000, 16],
  ['polinux/stress', ['stress', '--vm', '1', '--vm-bytes', '150M', '--vm-hang', '1'], 1000, 150],
  ['vish/stress', ['-cpus', '2'], 2000, 16],
  ['vish/stress', ['-mem-total', '150Mi', '-mem-alloc-size', '100Mi'], 0, 150],
])('%s %o burns what it is told to', (image, args, cpuMilli, mebibytes) => {
  const load = ownLoad({ name: 'main', image, args });
  expect(load).toEqual({ cpuMilli: cpuMilli || 1, memoryBytes: mebibytes * MI });
});

test('servers at rest use what such servers use', () => {
  const images = ['nginx', 'redis:7', 'docker.io/library/mysql:8', 'example.com/unknown/app:1'];
  const loads = images.map((image) => ownLoad({ name: 'main', image }));
  expect(loads.map(({ cpuMilli, memoryBytes }) => [cpuMilli, memoryBytes / MI])).toEqual([
    [0, 6],
    [2, 5],
    [5, 440],
    [1, 16],
  ]);
});

test('a container uses no more than its limits', () => {
  const limits = { cpu: '250m', memory: '100Mi' };
  const container = { ...shell('while true; do :; done'), resources: { limits } };
  expect(withinLimits({ cpuMilli: 1000, memoryBytes: 200 * MI }, container)).toEqual({
    cpuMilli: 250,
    memoryBytes: 100 * MI,
  });
});

test.each([
  ['while true; do wget -q -O- http://web/index.html; sleep 1; done', ['web']],
  ['while true; do curl -s http://a.shop:80/ && curl http://b; done', ['a.shop', 'b']],
  ['wget http://web', []],
  ['sleep 5', []],
])('%s calls %o again and again', (script, hosts) => {
  expect(calledHosts(shell(script))).toEqual(hosts);
});

test('the example of the autoscaler works hard for each caller', () => {
  expect(answeringMilli({ name: 'main', image: 'registry.k8s.io/hpa-example' })).toBe(620);
  expect(answeringMilli({ name: 'main', image: 'nginx' })).toBe(12);
});
