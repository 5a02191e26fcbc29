// What stands out, as style rules: the selection, what the narration speaks of, the siblings of
// what is under the pointer, the place of a node in the hand. One small sheet, so that hundreds of
// tiles need not render again. What it dims are tiles: cells are dimmed where they are painted.
import type { Selection } from '../state/scene-store';

export interface Spotlight {
  selection: Selection | null;
  narrated: Selection | null;
  /** Owner key of the pod under the pointer: what has another owner is dimmed. */
  owner: string | null;
  /** Name of the node in the hand: its place is left as a ghost. */
  inHand: string | null;
  /** Keys of the pods that the filters leave out. */
  out?: readonly string[];
}

/** The rules for a spotlight, to be scoped under `.cluster-canvas`. */
export function spotlightCss(light: Spotlight): string {
  const rules: string[] = [];
  if (light.narrated) rules.push(ring(light.narrated, '1.5px'));
  if (light.selection) rules.push(ring(light.selection, '2.5px'));
  if (light.owner !== null) {
    const others = `.pod-tile:not([data-owner=${quote(light.owner)}])`;
    rules.push(`.cluster-canvas ${others}{opacity:.45}`);
  }
  if (light.inHand !== null) {
    const node = quote(light.inHand);
    rules.push(`.cluster-canvas .pod[data-node=${node}]{pointer-events:none}`);
    rules.push(`.cluster-canvas .pod-tile[data-node=${node}]{opacity:.3}`);
  }
  for (const key of light.out ?? []) {
    rules.push(`.cluster-canvas .pod-tile[data-key=${quote(key)}]{opacity:.45}`);
  }
  return rules.join('\n');
}

function ring(object: Selection, width: string): string {
  const selector =
    `.cluster-canvas [data-kind=${quote(object.kind)}]` +
    `[data-namespace=${quote(object.namespace)}][data-name=${quote(object.name)}]` +
    ':not(:focus-visible)';
  const outline = `calc(${width} * var(--ring, 1)) solid var(--accent)`;
  return `${selector}{outline:${outline};outline-offset:calc(2px * var(--ring, 1))}`;
}

function quote(text: string): string {
  return `"${text.replace(/["\\\n]/g, (c) => `\\${c.codePointAt(0)!.toString(16)} `)}"`;
}
