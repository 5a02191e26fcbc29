// Brings something into view: whoever looks for it asks, the picture that is shown goes there.
import type { Selection } from '../state/scene-store';

const pictures = new Set<(target: Selection) => void>();

/** Calls whenever something is to be brought into view; returns how to stop. */
export function onFly(go: (target: Selection) => void): () => void {
  pictures.add(go);
  return () => pictures.delete(go);
}

export function flyTo(target: Selection): void {
  for (const go of pictures) go(target);
}
