import { lazy, Suspense, useEffect, useState } from 'react';
import { useCanvasUi } from './canvas-ui';

const delayMs = 300;
const PodTipCard = lazy(() => import('./PodTipCard'));
const PartTip = lazy(() => import('./inside/PartTip'));

/**
 * The whole name and state of the pod under the pointer or in focus: a cell has no room for them.
 */
export function PodTip() {
  const hover = useCanvasUi((ui) => (ui.hand || ui.menu ? null : ui.hover));
  const [shown, setShown] = useState<string | null>(null);
  useEffect(() => {
    const timer = setTimeout(() => setShown(hover), hover ? delayMs : 0);
    return () => clearTimeout(timer);
  }, [hover]);
  const part = useCanvasUi((ui) => ui.part);
  if (shown === null || shown !== hover) return null;
  return (
    <Suspense>
      {part === null ? <PodTipCard podKey={shown} /> : <PartTip podKey={shown} part={part} />}
    </Suspense>
  );
}
