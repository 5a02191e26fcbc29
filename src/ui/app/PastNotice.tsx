import { lazy, Suspense } from 'react';
import { useHistory } from '../state/history';
import { useGuide } from '../story/guide';

const PastBar = lazy(() => import('../timeline/PastBar'));

/** That the past is shown, or what went by unseen; its words come when they are first needed. */
export function PastNotice() {
  const isNeeded = useHistory(
    ({ past, skipped, asked }) => past !== null || skipped !== null || asked !== null,
  );
  // A walk says itself which moment it shows.
  const isWalking = useGuide((state) => state.walk !== 'off');
  if (!isNeeded || isWalking) return null;
  return (
    <Suspense fallback={null}>
      <PastBar />
    </Suspense>
  );
}
