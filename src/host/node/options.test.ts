import { describe, expect, it } from 'vitest';
import { parseServeOptions, usage, type ServeOptions } from './options';

const DEFAULTS: ServeOptions = {
  port: 8001,
  securePort: 6443,
  preset: 'kubeadm',
  pods: 0,
  scenario: undefined,
  gatewayApi: false,
  seed: 1,
  speed: 1,
  kubeconfig: undefined,
  adminToken: undefined,
};

describe('the flags of npm run serve', () => {
  it.each<[string, Partial<ServeOptions>]>([
    ['', {}],
    ['--port 0 --secure-port 7443', { port: 0, securePort: 7443 }],
    ['--port=9000', { port: 9000 }],
    ['--preset empty --seed 42', { preset: 'empty', seed: 42 }],
    ['--speed 2.5', { speed: 2.5 }],
    ['--speed .5', { speed: 0.5 }],
    ['--gateway-api --seed 2', { gatewayApi: true, seed: 2 }],
    ['--scenario a.yaml --kubeconfig b', { scenario: 'a.yaml', kubeconfig: 'b' }],
    ['--admin-token=a=b', { adminToken: 'a=b' }],
  ])('%s', (line, expected) => {
    expect(parseServeOptions(line.split(' ').filter(Boolean))).toEqual({
      ...DEFAULTS,
      ...expected,
    });
  });

  it.each([
    ['--port', `flag needs an argument: --port\n\n${usage()}`],
    ['--port x', '--port x: not such a number'],
    ['--port 70000', '--port 70000: a port is at most 65535'],
    ['--preset aks', '--preset aks: use one of kubeadm, ha, empty, minikube, kind, k3s, zones, '],
    ['--speed -1', '--speed -1: not such a number'],
    ['--seed 1.5', '--seed 1.5: not such a number'],
    ['--verbose', `unknown flag: --verbose\n\n${usage()}`],
    ['extra', `unknown flag: extra\n\n${usage()}`],
  ])('refuses %s', (line, message) => {
    expect(() => parseServeOptions(line.split(' '))).toThrow(message);
  });

  it('lists every flag in its help', () => {
    const flags = [...usage().matchAll(/^ {2}(--[a-z-]+) /gm)].map(([, flag]) => flag);
    expect(flags).toEqual([
      '--port',
      '--secure-port',
      '--preset',
      '--pods',
      '--scenario',
      '--gateway-api',
      '--seed',
      '--speed',
      '--kubeconfig',
      '--admin-token',
    ]);
  });
});
