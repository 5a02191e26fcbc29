import type { SceneOwner } from './scene';

/** A pod's name for a tile, in two parts: what is shared and the suffix that must not be cut. */
export function titleOf(
  name: string,
  owner: SceneOwner | undefined,
): [stem: string, suffix: string] {
  const dash = name.lastIndexOf('-');
  if (!owner || dash < 0) return [name, ''];
  if (owner.kind === 'Node') return [name.slice(0, dash), ''];
  const stem = name.startsWith(owner.name + '-') ? owner.name : name.slice(0, dash);
  return [stem, name.slice(dash)];
}
