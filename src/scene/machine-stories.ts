// What a person does to machines, as sentences: found by comparing a machine with how it was when
// it was last spoken of.
import type { Machine } from '../api/machine';
import type { Informer } from '../client/informer';
import type { TraceRecord } from '../sim/trace';
import type { SceneStory } from './scene';

type Told = Pick<SceneStory, 'text' | 'tone' | 'about'>;
type Spoken = Pick<Machine['spec'], 'power' | 'network'>;

export class MachineStories {
  private readonly last = new Map<string, Spoken>();

  constructor(private readonly machines: Informer<Machine>) {
    machines.addHandler({ added: ({ metadata, spec }) => this.last.set(metadata.name, spec) });
  }

  /** The sentence for a write to a machine, or undefined when nothing that shows has changed. */
  tell({ name, verb }: TraceRecord): Told | undefined {
    const before = this.last.get(name);
    const spec = this.machines.get(name)?.spec;
    if (spec) this.last.set(name, spec);
    else this.last.delete(name);
    if (verb === 'create') return told(name, 'add', `**${name}**`, 'it boots and joins', 'good');
    if (!spec) return told(name, 'remove', `**${name}** away`, 'its Node stays behind', 'bad');
    if (!before) return undefined;
    if (spec.power !== before.power) return powerTold(name, spec.power);
    if (spec.network !== before.network) return networkTold(name, spec.network);
    return undefined;
  }
}

function powerTold(name: string, power: Spoken['power']): Told {
  return power === 'Off'
    ? told(
        name,
        'power off',
        `the power of **${name}**`,
        'kubelet and containers stop',
        'bad',
        'cut',
      )
    : told(name, 'power on', `**${name}** on`, 'it boots, its kubelet rejoins', 'good', 'switch');
}

function networkTold(name: string, network: Spoken['network']): Told {
  return network === 'Cut'
    ? told(name, 'cut cable', `the cable of **${name}**`, 'it runs on, unheard', 'bad', 'cut')
    : told(name, 'plug in', `**${name}** in again`, 'its kubelet is heard again', 'good', 'plug');
}

function told(
  name: string,
  act: string,
  object: string,
  result: string,
  tone: SceneStory['tone'],
  verb = act === 'add' ? 'add' : 'take',
): Told {
  return {
    text: `You ${verb} ${object} → ${result}`,
    tone,
    about: { kind: 'Machine', namespace: '', name, text: `you: ${act} ${name}` },
  };
}
