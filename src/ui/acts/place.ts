import type { ActTarget } from './act';

/** Where on the canvas a target is drawn, in its pixels; its middle when it is not. */
export function placeOf({ kind, namespace, name }: ActTarget): { x: number; y: number } {
  const canvas = document.querySelector('.cluster-canvas');
  const home = canvas?.getBoundingClientRect();
  if (!canvas || !home) return { x: 0, y: 0 };
  const kinds = kind === 'Node' || kind === 'Machine' ? ['Node', 'Machine'] : [kind];
  const drawn = [...canvas.querySelectorAll<HTMLElement>('[data-kind]')].find(
    ({ dataset }) =>
      kinds.includes(dataset['kind']!) &&
      dataset['name'] === name &&
      dataset['namespace'] === namespace,
  );
  const box = drawn?.getBoundingClientRect();
  if (!box) return { x: home.width / 2 - 130, y: home.height / 3 };
  return { x: box.left - home.left + Math.min(24, box.width), y: box.top - home.top + 28 };
}
