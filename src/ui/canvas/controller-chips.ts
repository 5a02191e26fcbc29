// Which controllers get a chip: there are more controllers than room. Those named first are what a
// person watches a rollout by; one that is at work takes the place of one that rests, but no chip
// moves while both rest.
import type { SceneController } from '../../scene/scene';

/** The ones worth seeing at rest, in the order in which a rollout wakes them. */
const watched = [
  'deployment',
  'replicaset',
  'endpointslice',
  'daemonset',
  'node-lifecycle',
  'garbage-collector',
  'namespace',
];

/** Advance of a letter at 10.5 px, of a digit in mono, and what a chip has around them. */
const letterW = 5.4;
const digitW = 6.3;
const aroundW = 24;
const chipGap = 5;
const moreW = 34;

export interface ChipRow {
  shown: readonly SceneController[];
  /** How many have no chip. */
  hidden: number;
  /** True when one of those is at work. */
  hiddenBusy: boolean;
}

/** A controller's name without what all of them share. */
export function chipName(name: string): string {
  return name.replace(/-controller$/, '');
}

/** Width of a chip in pixels. */
export function chipWidth({ name, queue }: SceneController): number {
  return chipName(name).length * letterW + String(queue).length * digitW + aroundW;
}

/** Chooses the chips that fit `rows` lines of `width` pixels, the last one holding '+n'. */
export function chooseChips(
  controllers: readonly SceneController[],
  width: number,
  rows: number,
): ChipRow {
  const rank = rows > 1 ? rankCalm : rankBusy;
  const ranked = [...controllers].sort((a, b) => rank(a) - rank(b) || order(a) - order(b));
  const shown: SceneController[] = [];
  let row = 0;
  let x = 0;
  for (const controller of ranked) {
    const w = chipWidth(controller);
    const room = row === rows - 1 ? width - moreW - chipGap : width;
    if (x + w > room && x > 0) {
      row++;
      x = 0;
    }
    if (row >= rows || w > (row === rows - 1 ? width - moreW - chipGap : width)) break;
    shown.push(controller);
    x += w + chipGap;
  }
  shown.sort((a, b) => order(a) - order(b));
  const hidden = controllers.filter((it) => !shown.includes(it));
  return { shown, hidden: hidden.length, hiddenBusy: hidden.some((it) => it.busy) };
}

/** Where there is room for many, the first three never leave. */
function rankCalm(controller: SceneController): number {
  const place = watched.indexOf(chipName(controller.name));
  if (place >= 0 && place < 3) return place;
  if (controller.busy || controller.queue > 0) return 3;
  return place >= 0 ? 4 + place : 20;
}

/** Where there is room for one or two, those at work come first. */
function rankBusy(controller: SceneController): number {
  if (controller.busy) return 0;
  return controller.queue > 0 ? 1 : 2;
}

function order(controller: SceneController): number {
  const place = watched.indexOf(chipName(controller.name));
  return place >= 0 ? place : watched.length;
}
