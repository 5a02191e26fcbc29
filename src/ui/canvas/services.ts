// Which Services are drawn where there is not room for all: those of the person before those of the system.
import type { SceneService } from '../../scene/scene';

/** At most `room` services, in the order in which they are drawn; one less when some are left out. */
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
