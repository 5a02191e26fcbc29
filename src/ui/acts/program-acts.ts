// What can be done to the programs of a machine: the control plane's, each with the container of
// its static pod, and those that every machine has.
import type { SceneNode } from '../../scene/scene';
import type { SceneData } from '../state/scene-store';
import type { Act, ActTarget, Offer } from './act';
import { nodeOf } from './machine-acts';
import { machinePlan } from './requests';
import { words } from './words';

/** Of every machine. */
export const MACHINE_PROGRAMS = ['kubelet', 'kube-proxy', 'containerd'] as const;

/** A program on a machine. */
interface Program {
  program: string;
  node: SceneNode;
  /** Whether the machine was told to keep it from running. */
  isStopped: boolean;
  /** Said beside the program where several machines run one. */
  where: string;
}

export const stopProgram: Act = {
  id: 'stopProgram',
  group: 'programs',
  icon: 'stop',
  key: 's',
  grave: true,
  offers: onProgram((at) => {
    if (at.isStopped) return undefined;
    return {
      id: `${at.program} ${at.node.machine}`,
      name: words.stopProgram(at.program, at.where),
      about: aboutOf(at.program),
      plan: () =>
        machinePlan(at.node.machine, { programs: { [at.program]: { state: 'Stopped' } } }),
    };
  }),
};

export const startProgram: Act = {
  id: 'startProgram',
  group: 'programs',
  icon: 'power',
  key: 's',
  offers: onProgram((at) => {
    if (!at.isStopped) return undefined;
    return {
      id: `${at.program} ${at.node.machine}`,
      name: words.startProgram(at.program, at.where),
      plan: () =>
        machinePlan(at.node.machine, { programs: { [at.program]: { state: 'Running' } } }),
    };
  }),
};

export const crashProgram: Act = {
  id: 'crashProgram',
  group: 'programs',
  icon: 'crash',
  key: 'r',
  grave: true,
  offers: onProgram((at) => {
    if (at.isStopped) return undefined;
    const crashes = (at.node.programs?.[at.program]?.crashes ?? 0) + 1;
    return {
      id: `${at.program} ${at.node.machine}`,
      name: words.crashProgram(at.program, at.where),
      plan: () => machinePlan(at.node.machine, { programs: { [at.program]: { crashes } } }),
    };
  }),
};

export function isProgramStopped({ programs }: SceneNode, program: string): boolean {
  return programs?.[program]?.state === 'Stopped';
}

function aboutOf(program: string): string | undefined {
  return (words.stopAbout as Record<string, string | undefined>)[program];
}

/** The machines whose power is on, with those of their programs that the target means. */
function programsOf(target: ActTarget, scene: SceneData): Program[] {
  const node = nodeOf(target, scene);
  if (node) return MACHINE_PROGRAMS.flatMap((program) => onNode(program, node, ''));
  if (target.kind !== 'Component') return [];
  const beside = /^(kubelet|kube-proxy|containerd)-(.+)$/.exec(target.name);
  if (beside) {
    const host = scene.nodes.get(beside[2]!);
    return host ? onNode(beside[1]!, host, '') : [];
  }
  const hosts = scene.components.filter(({ name }) => name === target.name);
  return hosts.flatMap(({ machine }) => {
    const host = scene.nodes.get(machine);
    return host ? onNode(target.name, host, hosts.length > 1 ? machine : '') : [];
  });
}

function onNode(program: string, node: SceneNode, where: string): Program[] {
  if (!node.machine || node.power !== 'On') return [];
  return [{ program, node, where, isStopped: isProgramStopped(node, program) }];
}

function onProgram(offer: (at: Program) => Offer | undefined) {
  return (target: ActTarget, scene: SceneData): Offer[] =>
    programsOf(target, scene).flatMap((at) => offer(at) ?? []);
}
