// What is pointed at in the story, or stands in the light of a walk: it wears the ring of the
// narration on the canvas.
import { createStore } from 'zustand/vanilla';
import type { SceneLink } from '../../scene/scene';

type Lit = Pick<SceneLink, 'kind' | 'namespace' | 'name'>;

export const lit = createStore<{ object: Lit | null }>()(() => ({ object: null }));

/** Handlers for a link that lights its object while it is hovered or in focus. */
export function pointsAt({ kind, namespace, name }: Lit) {
  const object = { kind, namespace, name };
  const light = () => lit.setState({ object });
  const leave = () => {
    if (lit.getState().object === object) lit.setState({ object: null });
  };
  return { onPointerEnter: light, onFocus: light, onPointerLeave: leave, onBlur: leave };
}
