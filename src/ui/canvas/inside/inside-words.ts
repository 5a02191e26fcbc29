// The inside of a pod in words, for those who hear the page.
import { listed } from '../../state/language';
import { inside } from './words';
import type { PodVolume } from './pod-volumes';
import { shortImage, type Vessel } from './vessels';

/** Every container with its state and its probes, every volume with where it is mounted. */
export function insideWords(vessels: readonly Vessel[], volumes: readonly PodVolume[]): string {
  const containers = vessels.map((vessel) =>
    [
      `${inside[vessel.role]} ${vessel.name}`,
      stateWords(vessel),
      shortImage(vessel.image),
      vessel.restarts > 0 ? inside.restarts(vessel.restarts) : '',
      ...vessel.probes.map(
        ({ kind, result }) => `${inside.probes[kind]} ${inside.results[result]}`,
      ),
    ]
      .filter(Boolean)
      .join(' '),
  );
  const stores = volumes.map(({ name, type, mounts }) =>
    [type, name, ...mounts.map(({ container, path }) => `${container}:${path}`)].join(' '),
  );
  return inside.label(listed(containers), listed(stores));
}

/** 'running', 'CrashLoopBackOff', 'Completed, 0': the state of a container in one phrase. */
export function stateWords({ tone, reason, exitCode }: Vessel): string {
  if (exitCode !== undefined) return `${reason || inside.ended}, ${exitCode}`;
  if (reason) return reason;
  return tone === 'run' ? inside.running : tone === 'stale' ? '' : inside.waiting;
}
