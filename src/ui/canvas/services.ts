// What stands in the side column where there is not room for all: the internet, the Ingresses, the
// Services; those of the person before those of the system, those that an Ingress leads to first.
import { useMemo } from 'react';
import type { SceneService } from '../../scene/scene';
import { useReadout } from '../state/scene-readout';
import { isExposed, servicesBehind, useDoors, type Door } from './ingress-doors';
import { serviceCard, type Box } from './layout';

export interface SideChoice {
  /** How many ways lead in from outside; without one the internet is not drawn. */
  waysIn: number;
  doors: readonly Door[];
  services: readonly SceneService[];
  hiddenDoors: number;
  hiddenServices: number;
}

/** A gap between two kinds of cards, where the line between them shows. */
const groupGap = 14;
const cardGap = serviceCard.step - serviceCard.h;

/** How many cards stand above each other in a column that holds so many kinds. */
export function sideRoom(box: Box, kinds: number): number {
  const room = box.h - Math.max(0, kinds - 1) * (groupGap - cardGap);
  return Math.floor((room + cardGap) / serviceCard.step);
}

/** Which cards are drawn: one less than `room` when some are left out and counted. */
export function chooseSide(
  doors: readonly Door[],
  services: ReadonlyMap<string, SceneService>,
  room: number,
): SideChoice {
  const exposed = [...services.values()].filter(isExposed).length;
  const waysIn = doors.length + exposed;
  let left = room - (waysIn > 0 ? 1 : 0);
  const shownDoors = doors.slice(0, Math.max(1, Math.floor(left / 2)));
  left -= shownDoors.length;
  const hiddenDoors = doors.length - shownDoors.length;
  const isMore = hiddenDoors > 0 || services.size > left;
  const behind = new Set(shownDoors.flatMap((door) => [...servicesBehind(door)]));
  const byKey = (a: SceneService, b: SceneService) => (a.key < b.key ? -1 : 1);
  const shown = [...services.values()]
    .sort((a, b) => rank(a, behind) - rank(b, behind) || byKey(a, b))
    .slice(0, Math.max(0, isMore ? left - 1 : left));
  return {
    waysIn,
    doors: shownDoors,
    services: shown,
    hiddenDoors,
    hiddenServices: services.size - shown.length,
  };
}

function rank(service: SceneService, behind: ReadonlySet<string>): number {
  if (behind.has(service.key)) return -1;
  if (service.namespace === 'kube-system') return 2;
  return service.namespace === 'default' && service.name === 'kubernetes' ? 1 : 0;
}

/** What of the cluster stands in a box of so many columns. */
export function useSideChoice(box: Box | null, columns: number): SideChoice {
  const doors = useDoors();
  const services = useReadout((scene) => scene.services);
  return useMemo(() => {
    const isOpen = doors.length > 0 || [...services.values()].some(isExposed);
    const kinds = 1 + (isOpen ? 1 : 0) + (doors.length > 0 ? 1 : 0);
    const room = box ? sideRoom(box, columns > 1 ? 1 : kinds) * columns : 0;
    return chooseSide(doors, services, room);
  }, [box, columns, doors, services]);
}

/** How many cards there are in all, for a column that grows. */
export function useSideCount(): number {
  const doors = useDoors();
  return useReadout(({ services }) => {
    const isOpen = doors.length > 0 || [...services.values()].some(isExposed);
    return services.size + doors.length + (isOpen ? 1 : 0);
  });
}

/** Upper edges of the cards of one column, from the edge of its box. */
export interface SideTops {
  internet: number | null;
  doors: readonly number[];
  services: readonly number[];
  /** Of the line that counts what is left out. */
  more: number;
}

/** Where the cards of a choice stand in one column. */
export function sideTops({ waysIn, doors, services }: SideChoice): SideTops {
  let y = 0;
  const group = (count: number): number[] => {
    const tops = Array.from({ length: count }, (_, i) => y + i * serviceCard.step);
    if (count > 0) y += count * serviceCard.step - cardGap + groupGap;
    return tops;
  };
  const [internet = null] = group(waysIn > 0 ? 1 : 0);
  const doorTops = group(doors.length);
  const serviceTops = group(services.length);
  return {
    internet,
    doors: doorTops,
    services: serviceTops,
    more: y - (y > 0 ? groupGap - cardGap : 0),
  };
}
