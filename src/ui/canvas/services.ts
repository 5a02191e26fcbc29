// Which Services are drawn where there is not room for all: those of the person before those of the
// system.
import type { SceneService } from '../../scene/scene';
import { serviceCard, type Box } from './layout';

/** How many cards stand above each other in a column. */
export function servicesRoom(box: Box): number {
  return Math.floor((box.h + serviceCard.step - serviceCard.h) / serviceCard.step);
}

/**
 * At most `room` services, in the order in which they are drawn; one less when some are left out.
 */
export function shownServices(
  services: ReadonlyMap<string, SceneService>,
  room: number,
): SceneService[] {
  const ranked = [...services.values()].sort(
    (a, b) => rank(a) - rank(b) || (a.key < b.key ? -1 : 1),
  );
  return ranked.slice(0, ranked.length > room ? Math.max(0, room - 1) : room);
}

function rank(service: SceneService): number {
  if (service.namespace === 'kube-system') return 2;
  return service.namespace === 'default' && service.name === 'kubernetes' ? 1 : 0;
}
