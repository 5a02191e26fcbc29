// What becomes of the control plane's programs, and whether etcd has its majority.
import type { SceneComponent } from '../scene';
import { linkTo, told, type StoryFamily, type Told } from './rule';

export function programRules(): StoryFamily {
  let states: Map<string, SceneComponent['state']> | undefined;
  let hadQuorum = true;

  function quorum(components: readonly SceneComponent[]): Told[] {
    const members = components.filter(({ name }) => name === 'etcd');
    const running = members.filter(({ state }) => state === 'running').length;
    const hasQuorum = running > members.length / 2 || members.length === 0;
    if (hasQuorum === hadQuorum || members.length < 2) return [];
    hadQuorum = hasQuorum;
    const parts = { running, members: members.length };
    const about = { kind: 'Component', namespace: '', name: 'etcd', text: 'etcd' };
    return [
      hasQuorum
        ? told('quorumBack', parts, about, 'good')
        : told('quorumLost', parts, about, 'bad'),
    ];
  }

  return {
    programs: (components) => {
      const before = states;
      states = new Map(components.map((each) => [`${each.name} ${each.machine}`, each.state]));
      // What is there at first is no news.
      if (!before) return [];
      const news = components.flatMap(({ name, machine, state }): Told[] => {
        const was = before.get(`${name} ${machine}`);
        if (was === undefined || was === state || state === 'starting') return [];
        const about = { kind: 'Component', namespace: '', name, text: name };
        const parts = { program: name, node: machine };
        const because = linkTo('Machine', '', machine);
        const others = components.filter((each) => each.name === name && each.state === 'running');
        return [
          state === 'running'
            ? told('programStarted', parts, about, 'good', because)
            : told('programStopped', { ...parts, others: others.length }, about, 'bad', because),
        ];
      });
      return [...news, ...quorum(components)];
    },
  };
}
