// What is pointed at in the story, or stands in the light of a walk: it wears the ring of the
// narration on the canvas.
import { createStore } from 'zustand/vanilla';
import type { SceneLink } from '../../scene/scene';
import { sceneStore } from '../state/scene-store';

type Lit = Pick<SceneLink, 'kind' | 'namespace' | 'name'>;

export const lit = createStore<{ object: Lit | null }>()(() => ({ object: null }));

/** Handlers for a link that lights its object while it is hovered or in focus. */
export function pointsAt({ kind, namespace, name }: Lit) {
  // A machine is drawn as its Node, where it has one.
  const isNode = kind === 'Machine' && sceneStore.getState().nodes.get(name)?.registered;
  const object = { kind: isNode ? 'Node' : kind, namespace, name };
  const light = () => lit.setState({ object });
  const leave = () => {
    if (lit.getState().object === object) lit.setState({ object: null });
  };
  return { onPointerEnter: light, onFocus: light, onPointerLeave: leave, onBlur: leave };
}
