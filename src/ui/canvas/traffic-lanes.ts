// The lines of traffic: from the internet by the Ingresses to the Services in the column at the
// left, and from there under the floor of the tanks to every kube-proxy. A line is dotted where
// nothing would arrive.
import { isExposed, servicesBehind } from './ingress-doors';
import { serviceCard, type Box, type CanvasLayout } from './layout';
import { sideTops, type SideChoice } from './services';

export interface Lanes {
  /** Paths that traffic can take. */
  open: string;
  /** Paths at whose end nothing is ready. */
  closed: string;
}

/** All lines of traffic of a layout; `silent` are nodes that nothing reaches. */
export function trafficLanes(
  layout: CanvasLayout,
  choice: SideChoice,
  silent: ReadonlySet<string>,
): Lanes {
  const lanes: Lanes = { open: '', closed: '' };
  const box = layout.services;
  if (!box || layout.kind !== 'wide') return lanes;
  addDoorLanes(lanes, box, choice);
  if (layout.tankSize === 'full') addFloorLanes(lanes, layout, box, choice, silent);
  return lanes;
}

const half = serviceCard.h / 2;
/** How far left of the cards the lanes run that pass others. */
const internetLane = 5;
const doorLane = 10;

/** Between the cards of the column: straight to the next one, else around at its left. */
function addDoorLanes(lanes: Lanes, box: Box, choice: SideChoice): void {
  const tops = sideTops(choice);
  const x = box.x;
  const middle = x + box.w / 2;
  const add = (isOpen: boolean, d: string) => {
    lanes[isOpen ? 'open' : 'closed'] += d;
  };
  const down = (from: number, to: number) =>
    `M${middle} ${box.y + from + serviceCard.h}V${box.y + to}`;
  const around = (from: number, to: number, lane: number) =>
    `M${x} ${box.y + from + half}H${x - lane + 4}q-4 0 -4 4V${box.y + to + half - 4}q0 4 4 4H${x}`;
  choice.doors.forEach((door, i) => {
    const top = tops.doors[i]!;
    const isNext = i === 0;
    add(
      door.hasAddress,
      isNext ? down(tops.internet!, top) : around(tops.internet!, top, internetLane),
    );
    choice.services.forEach((service, k) => {
      if (!servicesBehind(door).has(service.key)) return;
      const isBelow = i === choice.doors.length - 1 && k === 0;
      const to = tops.services[k]!;
      add(service.ready > 0, isBelow ? down(top, to) : around(top, to, doorLane));
    });
  });
  choice.services.forEach((service, k) => {
    if (!isExposed(service)) return;
    const isBelow = choice.doors.length === 0 && k === 0;
    const to = tops.services[k]!;
    add(
      service.ready > 0,
      isBelow ? down(tops.internet!, to) : around(tops.internet!, to, internetLane),
    );
  });
}

/** From the Services along the gutter and under the floor, up to each kube-proxy. */
function addFloorLanes(
  lanes: Lanes,
  layout: CanvasLayout,
  box: Box,
  choice: SideChoice,
  silent: ReadonlySet<string>,
): void {
  if (choice.services.length === 0) return;
  const gutter = box.x + box.w + 6;
  const tops = sideTops(choice).services.map((top) => box.y + top + half);
  choice.services.forEach(({ ready }, i) => {
    const y = tops[i]!;
    lanes[ready > 0 ? 'open' : 'closed'] += `M${gutter - 6} ${y}Q${gutter} ${y} ${gutter} ${y + 8}`;
  });
  const top = tops[0]! + 8;
  for (const [name, tank] of layout.tanks) {
    const floor = tank.y + tank.h;
    const lane = floor + 22;
    const x = tank.x + tank.w / 2;
    lanes[silent.has(name) ? 'closed' : 'open'] +=
      `M${gutter} ${top}V${lane - 10}Q${gutter} ${lane} ${gutter + 10} ${lane}` +
      `H${x - 10}Q${x} ${lane} ${x} ${lane - 8}V${floor + 10}`;
  }
}
