// The places of pods over a reload: the tab remembers them, as the eye does.
import { PodPlacer, type KeptPlaces } from './pod-places';

const key = 'kubarium.places.1';

/**
 * A placer that goes on where the page before a reload left off, and is written down at its end.
 */
export function keptPlacer(): PodPlacer {
  const placer = new PodPlacer(readPlaces());
  addEventListener('pagehide', () => {
    try {
      sessionStorage.setItem(key, JSON.stringify(placer.kept()));
    } catch {
      // Forbidden or full: pods are placed anew.
    }
  });
  return placer;
}

function readPlaces(): KeptPlaces {
  try {
    return (JSON.parse(sessionStorage.getItem(key) ?? '[]') ?? []) as KeptPlaces;
  } catch {
    return [];
  }
}
