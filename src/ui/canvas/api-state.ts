// Whether there is an API server to talk to: its program runs, the etcd beside it too, and its
// machine has power and a cable. Of several one is enough; without a majority of etcd it only
// reads.
import type { SceneComponent } from '../../scene/scene';
import type { SceneData } from '../state/scene-store';

export type ApiState = 'up' | 'readOnly' | 'down';

type Scene = Pick<SceneData, 'components' | 'nodes'>;

/** The component that stands for all of its name: the one that leads, or else runs. */
export function componentOf(scene: Scene, name: string): SceneComponent | undefined {
  let found: SceneComponent | undefined;
  for (const component of scene.components) {
    if (component.name !== name) continue;
    if (component.leader && component.state === 'running') return component;
    if (!found || (found.state !== 'running' && component.state === 'running')) found = component;
  }
  return found;
}

/** 'up' while the scene has not told yet. */
export function apiState({ components, nodes }: Scene): ApiState {
  const servers = components.filter(({ name }) => name === 'kube-apiserver');
  if (servers.length === 0) return 'up';
  const members = components.filter(({ name }) => name === 'etcd');
  const isThere = ({ machine, state }: SceneComponent): boolean => {
    const host = nodes.get(machine);
    return state !== 'stopped' && host?.power !== 'Off' && host?.network !== 'Cut';
  };
  const living = members.filter(isThere);
  const hasStore = ({ machine }: SceneComponent): boolean =>
    members.length === 0 || living.some((member) => member.machine === machine);
  if (!servers.some((server) => isThere(server) && hasStore(server))) return 'down';
  if (members.length === 0) return 'up';
  return living.length * 2 > members.length ? 'up' : 'readOnly';
}

/** True when no request can be answered. */
export function isApiDown(scene: Scene): boolean {
  return apiState(scene) === 'down';
}
