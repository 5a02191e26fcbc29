// What a person does to machines: found by comparing a machine with how it was when it was last
// spoken of.
import type { Machine } from '../api/machine';
import type { Informer } from '../client/informer';
import type { TraceRecord } from '../sim/trace';
import { MACHINES } from './messages';
import { linkTo, told, type StoryView, type Told } from './rules/rule';
import type { SceneStory } from './scene';
import type { StoryParts, StoryRule } from './story-parts';

type Spec = Machine['spec'];
type MachineRule = {
  [R in StoryRule]: StoryParts[R] extends { node: string } ? R : never;
}[StoryRule];

export class MachineStories {
  private readonly last = new Map<string, Spec>();

  constructor(
    private readonly view: StoryView,
    machines: Informer<Machine>,
  ) {
    machines.addHandler({ added: ({ metadata, spec }) => this.last.set(metadata.name, spec) });
  }

  /** What a write to a machine did, or undefined when nothing that shows has changed. */
  tell({ name, verb }: TraceRecord): Told | undefined {
    const before = this.last.get(name);
    // What is listed may lag behind what was written.
    const spec = this.view.read<Machine>(MACHINES, '', name)?.spec;
    if (spec) this.last.set(name, spec);
    else this.last.delete(name);
    if (verb === 'create') return act('youAdd', name, 'good');
    if (!spec) return act('youRemove', name, 'bad');
    if (!before) return undefined;
    if (spec.power !== before.power) {
      return spec.power === 'Off'
        ? act('youPowerOff', name, 'bad')
        : act('youPowerOn', name, 'good');
    }
    if (spec.network !== before.network) {
      return spec.network === 'Cut'
        ? act('youCutCable', name, 'bad')
        : act('youPlugCable', name, 'good');
    }
    const isFull = (spec.disk?.filledPercent ?? 0) > 0;
    if (isFull !== (before.disk?.filledPercent ?? 0) > 0) {
      return isFull ? act('youFillDisk', name, 'bad') : act('youFreeDisk', name, 'good');
    }
    return (
      programTold(name, spec.programs ?? {}, before.programs ?? {}) ??
      containerTold(name, spec.containers ?? {}, before.containers ?? {})
    );
  }
}

type Programs = NonNullable<Spec['programs']>;

function programTold(node: string, now: Programs, before: Programs): Told | undefined {
  for (const program of new Set([...Object.keys(now), ...Object.keys(before)])) {
    const [is, was] = [now[program], before[program]];
    const isStopped = is?.state === 'Stopped';
    if (isStopped !== (was?.state === 'Stopped')) {
      return isStopped
        ? act('youStopProgram', node, 'bad', program)
        : act('youStartProgram', node, 'good', program);
    }
    if ((is?.crashes ?? 0) > (was?.crashes ?? 0)) {
      return act('youCrashProgram', node, 'bad', program);
    }
  }
  return undefined;
}

type Containers = NonNullable<Spec['containers']>;

/** What was done to one container: the story is of its pod. */
function containerTold(node: string, now: Containers, before: Containers): Told | undefined {
  for (const key of new Set([...Object.keys(now), ...Object.keys(before)])) {
    const [is, was] = [now[key], before[key]];
    const [namespace = '', pod = ''] = key.split('/');
    const parts = { pod, node };
    const about = linkTo('Pod', namespace, pod);
    const ends = (is?.kills ?? 0) + (is?.crashes ?? 0);
    if (ends > (was?.kills ?? 0) + (was?.crashes ?? 0)) return told('youKill', parts, about, 'bad');
    const failing = is?.failingProbes?.length ?? 0;
    const failed = was?.failingProbes?.length ?? 0;
    if (failing > failed) return told('youFailProbe', parts, about, 'bad');
    if (failing < failed) return told('youMendProbe', parts, about, 'good');
  }
  return undefined;
}

function act(rule: MachineRule, node: string, tone: SceneStory['tone'], program = ''): Told {
  const parts = { node, program } as StoryParts[typeof rule];
  return told(rule, parts, { ...linkTo('Machine', '', node), text: node }, tone);
}
