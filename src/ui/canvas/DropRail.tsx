import { lazy, Suspense } from 'react';
import type { ActRailProps } from '../acts/ActRail';
import { loadActs } from '../acts/load';

const ActRail = lazy(async () => ({ default: (await loadActs()).ActRail }));

/** Where a node in the hand can be dropped. */
export function DropRail(props: ActRailProps) {
  return (
    <Suspense>
      <ActRail {...props} />
    </Suspense>
  );
}
