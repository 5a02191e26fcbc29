import { describe, expect, test } from 'vitest';
import type { Ingress } from '../../api/extension-types';
import type { SceneService } from '../../scene/scene';
import { servicesBehind, type Door } from './ingress-doors';
import { doorOf } from './IngressWatch';
import { layoutCanvas } from './layout';
import { chooseSide, sideRoom, sideTops } from './services';
import { trafficLanes } from './traffic-lanes';

const service = (key: string, more: Partial<SceneService> = {}): SceneService => {
  const [namespace, name] = key.split('/') as [string, string];
  const plain = { type: 'ClusterIP', clusterIP: '10.96.0.9', ports: ['80/TCP'], hue: 1 };
  return { key, namespace, name, ...plain, ready: 1, total: 1, ...more };
};

const mapOf = (...list: SceneService[]) => new Map(list.map((it) => [it.key, it]));

const services = mapOf(
  service('kube-system/kube-dns'),
  service('default/web'),
  service('default/kubernetes'),
  service('shop/api'),
);

const ingress = (name: string, backend = 'web', more: object = {}): Ingress =>
  ({
    metadata: { namespace: 'default', name, uid: name },
    spec: {
      rules: [
        {
          host: 'shop.test',
          http: {
            paths: [{ path: '/', pathType: 'Prefix', backend: { service: { name: backend } } }],
          },
        },
      ],
    },
    status: { loadBalancer: {} },
    ...more,
  }) as unknown as Ingress;

describe('an Ingress as a door', () => {
  test('says its host and where each path leads', () => {
    expect(doorOf(ingress('shop'))).toEqual({
      key: 'default/shop',
      namespace: 'default',
      name: 'shop',
      host: 'shop.test',
      moreHosts: 0,
      routes: [{ path: '/', service: 'web' }],
      hasAddress: false,
    });
  });

  test('one without rules has its default backend', () => {
    const spec = { defaultBackend: { service: { name: 'api' } } };
    const door = doorOf(ingress('all', 'web', { spec }));
    expect([door.host, door.routes]).toEqual(['', [{ path: '*', service: 'api' }]]);
    expect([...servicesBehind(door)]).toEqual(['default/api']);
  });

  test('a controller that took it has given it an address', () => {
    const status = { loadBalancer: { ingress: [{ ip: '10.0.0.7' }] } };
    expect(doorOf(ingress('shop', 'web', { status })).hasAddress).toBe(true);
  });
});

describe('the side column', () => {
  const shown = (room: number, doors: Door[] = []) => {
    const choice = chooseSide(doors, services, room);
    return choice.services.map(({ key }) => key);
  };

  test('Services of the person come first', () => {
    expect(shown(9)).toEqual([
      'default/web',
      'shop/api',
      'default/kubernetes',
      'kube-system/kube-dns',
    ]);
  });

  test('when some are left out, a row is kept for their count', () => {
    expect(shown(3)).toEqual(['default/web', 'shop/api']);
    expect(shown(0)).toEqual([]);
  });

  test('what an Ingress leads to is drawn before all else', () => {
    expect(shown(4, [doorOf(ingress('shop', 'web')), doorOf(ingress('x', 'none'))])[0]).toBe(
      'default/web',
    );
  });

  test('there is an internet only where something lets it in', () => {
    expect(chooseSide([], services, 9).waysIn).toBe(0);
    expect(chooseSide([doorOf(ingress('shop'))], services, 9).waysIn).toBe(1);
    const open = mapOf(service('default/web', { type: 'NodePort' }));
    expect(chooseSide([], open, 9).waysIn).toBe(1);
  });

  test('what is left out is counted, Ingresses too', () => {
    const doors = ['a', 'b', 'c', 'd'].map((name) => doorOf(ingress(name)));
    const choice = chooseSide(doors, services, 5);
    expect(choice.doors).toHaveLength(2);
    expect(choice.services).toHaveLength(1);
    expect([choice.hiddenDoors, choice.hiddenServices]).toEqual([2, 3]);
  });

  test('the column of the desk has room for five cards of whatever kind', () => {
    const box = { x: 14, y: 268, w: 132, h: 262 };
    expect([sideRoom(box, 1), sideRoom(box, 3)]).toEqual([5, 5]);
    const {
      internet,
      doors,
      services: tops,
    } = sideTops(chooseSide([doorOf(ingress('shop'))], services, 9));
    expect([internet, doors, tops]).toEqual([0, [58], [116, 166, 216, 266]]);
  });
});

describe('trafficLanes', () => {
  const layoutOf = (nodes: number, width = 892, height = 628, compact = false) =>
    layoutCanvas({
      width,
      height,
      compact,
      tanks: Array.from({ length: nodes }, (_, i) => `n${i + 1}`),
      unscheduled: 0,
      services: 2,
    });
  const none = new Set<string>();
  const strokes = (path: string) => path.match(/M/g)?.length ?? 0;
  const lanes = (choice = chooseSide([], services, 9), silent: ReadonlySet<string> = none) =>
    trafficLanes(layoutOf(4), choice, silent);

  test('one branch a Service and one a kube-proxy', () => {
    expect(strokes(lanes().open)).toBe(4 + 4);
    expect(lanes().closed).toBe('');
  });

  test('dotted to a node that is silent and from a Service with nothing ready', () => {
    const some = mapOf(service('default/web'), service('default/api', { ready: 0 }));
    const { open, closed } = lanes(chooseSide([], some, 9), new Set(['n3']));
    expect([strokes(open), strokes(closed)]).toEqual([1 + 3, 1 + 1]);
  });

  test('the internet reaches an Ingress that has an address, the Ingress its Service', () => {
    const status = { loadBalancer: { ingress: [{ ip: '10.0.0.7' }] } };
    const web = mapOf(service('default/web'));
    const taken = lanes(chooseSide([doorOf(ingress('shop', 'web', { status }))], web, 9));
    expect([strokes(taken.open), strokes(taken.closed)]).toEqual([2 + 1 + 4, 0]);
    const waiting = lanes(chooseSide([doorOf(ingress('shop'))], web, 9));
    expect([strokes(waiting.open), strokes(waiting.closed)]).toEqual([1 + 1 + 4, 1]);
  });

  test('the internet reaches a node port without any Ingress', () => {
    const web = mapOf(service('default/web', { type: 'NodePort' }));
    expect(strokes(lanes(chooseSide([], web, 9)).open)).toBe(1 + 1 + 4);
  });

  test('none to the floor without Services, and none where tanks have no floor', () => {
    const empty = chooseSide([], new Map(), 9);
    expect(trafficLanes(layoutOf(4), empty, none).open).toBe('');
    const choice = chooseSide([], services, 9);
    expect(trafficLanes(layoutOf(10), choice, none).open).toBe('');
    expect(trafficLanes(layoutOf(4, 760, 372, true), choice, none).open).toBe('');
  });
});
