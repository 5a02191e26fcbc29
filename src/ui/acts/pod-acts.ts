// What can be done to a pod: by kubectl, and to what runs of it on its machine.
import type { Container, Pod } from '../../api/types';
import type { ScenePod } from '../../scene/scene';
import type { SceneData } from '../state/scene-store';
import { Refusal, type Act, type ActTarget, type Field, type Offer, type Request } from './act';
import { isProgramStopped } from './program-acts';
import { machinePlan, read, readMachine, remove } from './requests';
import { words } from './words';

export const deletePod: Act = {
  id: 'deletePod',
  group: 'end',
  icon: 'trash',
  key: 'Delete',
  grave: true,
  offers: onPod(({ namespace, name }) => [
    {
      id: '',
      name: words.deletePod,
      plan: () => ({
        command: `kubectl delete pod ${name}${inNamespace(namespace)}`,
        run: async ({ request }) => {
          await remove(request, podPath(namespace, name));
          return `pod "${name}" deleted from ${namespace} namespace`;
        },
      }),
    },
  ]),
};

export const killContainer: Act = {
  id: 'killContainer',
  group: 'pod',
  icon: 'kill',
  key: 'k',
  grave: true,
  offers: onRunningPod((pod) => [
    {
      id: '',
      name: words.killContainer,
      about: words.killContainerAbout,
      fields: async (request) => [containerField(await containersOf(pod, request))],
      plan: async ({ container = '' }, request) => faultPlan(pod, [container], 'kills', request),
    },
  ]),
};

export const crashPod: Act = {
  id: 'crashPod',
  group: 'pod',
  icon: 'crash',
  key: 'r',
  grave: true,
  offers: onRunningPod((pod) => [
    {
      id: '',
      name: words.crashPod,
      about: words.crashPodAbout,
      plan: async (_, request) => {
        const containers = await containersOf(pod, request);
        return faultPlan(
          pod,
          containers.map(({ name }) => name),
          'crashes',
          request,
        );
      },
    },
  ]),
};

const PROBES = ['readiness', 'liveness', 'startup'] as const;
type ProbeKind = (typeof PROBES)[number];

export const failProbe: Act = {
  id: 'failProbe',
  group: 'pod',
  icon: 'probe',
  key: 'b',
  grave: true,
  offers: onRunningPod((pod) => [
    {
      id: '',
      name: words.failProbe,
      about: words.failProbeAbout,
      fields: async (request) => [probeField(await containersOf(pod, request))],
      plan: async ({ probe = '' }, request) => {
        const [container = '', kind = ''] = probe.split(' ');
        const key = faultKey(pod, container);
        const machine = await readMachine(request, pod.node);
        const failing = machine.spec.containers?.[key]?.failingProbes ?? [];
        const failingProbes = [...new Set([...failing, kind])];
        return machinePlan(pod.node, { containers: { [key]: { failingProbes } } });
      },
    },
  ]),
};

export const mendProbe: Act = {
  id: 'mendProbe',
  group: 'pod',
  icon: 'probe',
  key: 'b',
  offers: onRunningPod((pod, scene) => {
    const faults = scene.nodes.get(pod.node)?.containers ?? {};
    return Object.keys(faults)
      .filter((key) => key.startsWith(pod.key + '/') && faults[key]!.failingProbes?.length)
      .map((key) => ({
        id: key,
        name: words.mendProbe(faults[key]!.failingProbes!.join(', '), key.split('/')[2]!),
        plan: () => machinePlan(pod.node, { containers: { [key]: { failingProbes: null } } }),
      }));
  }),
};

function containerField(containers: readonly Container[]): Field {
  const choices = containers.map(({ name }) => name);
  return { name: 'container', label: words.fields.container, value: choices[0]!, choices };
}

/** Throws Refusal when no container has a probe that could fail. */
function probeField(containers: readonly Container[]): Field {
  const choices = containers.flatMap((container) =>
    PROBES.filter((kind) => probeOf(container, kind)).map((kind) => `${container.name} ${kind}`),
  );
  if (choices.length === 0) throw new Refusal(words.noProbes);
  return { name: 'probe', label: words.fields.probe, value: choices[0]!, choices };
}

function probeOf(container: Container, kind: ProbeKind): unknown {
  return container[`${kind}Probe`];
}

async function containersOf({ namespace, name }: ScenePod, request: Request): Promise<Container[]> {
  const { spec } = await read<Pod>(request, podPath(namespace, name));
  const sidecars = (spec.initContainers ?? []).filter(
    ({ restartPolicy }) => restartPolicy === 'Always',
  );
  return [...spec.containers, ...sidecars];
}

/** Counts are raised, so that the machine sees each of them once. */
async function faultPlan(
  pod: ScenePod,
  names: readonly string[],
  what: 'kills' | 'crashes',
  request: Request,
) {
  const { spec } = await readMachine(request, pod.node);
  const containers = Object.fromEntries(
    names.map((name) => {
      const key = faultKey(pod, name);
      return [key, { [what]: (spec.containers?.[key]?.[what] ?? 0) + 1 }];
    }),
  );
  return machinePlan(pod.node, { containers });
}

/** 'default/web-7d9f-x2k4q/nginx': how a Machine names what runs on it. */
function faultKey({ key }: ScenePod, container: string): string {
  return `${key}/${container}`;
}

export function podPath(namespace: string, name: string): string {
  return `/api/v1/namespaces/${namespace}/pods/${name}`;
}

/** What kubectl has to be told of a namespace. */
export function inNamespace(namespace: string): string {
  return namespace && namespace !== 'default' ? ` -n ${namespace}` : '';
}

function onPod(offers: (pod: ScenePod, scene: SceneData) => Offer[]) {
  return ({ kind, namespace, name }: ActTarget, scene: SceneData): Offer[] => {
    const pod = kind === 'Pod' ? scene.pods.get(`${namespace}/${name}`) : undefined;
    return pod ? offers(pod, scene) : [];
  };
}

/** On a machine that is there to do something to. */
function onRunningPod(offers: (pod: ScenePod, scene: SceneData) => Offer[]) {
  return onPod((pod, scene) => {
    const node = scene.nodes.get(pod.node);
    const isOver = pod.look === 'succeeded' || pod.look === 'failed';
    // Its kubelet knows what runs for which pod.
    const canReach = node?.machine && node.power === 'On' && !isProgramStopped(node, 'kubelet');
    return canReach && !isOver ? offers(pod, scene) : [];
  });
}
