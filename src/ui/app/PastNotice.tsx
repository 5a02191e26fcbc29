import { lazy, Suspense } from 'react';
import { useHistory } from '../state/history';

const PastBar = lazy(() => import('../timeline/PastBar'));

/** That the past is shown, or what went by unseen; its words come when they are first needed. */
export function PastNotice() {
  const isNeeded = useHistory(({ past, skipped }) => past !== null || skipped !== null);
  if (!isNeeded) return null;
  return (
    <Suspense fallback={null}>
      <PastBar />
    </Suspense>
  );
}
