import { lazy, Suspense, useEffect } from 'react';
import { loadActs, loadActsSoon } from '../acts/load';
import { useScene } from '../state/scene-store';

const OutageNotes = lazy(async () => ({ default: (await loadActs()).OutageNotes }));
const ActLine = lazy(async () => ({ default: (await loadActs()).ActLine }));

/** Above the narration: what is down, and what was done last. They come after the first paint. */
export function CanvasNotes() {
  const live = useScene((scene) => scene.live);
  useEffect(loadActsSoon, []);
  return (
    <div className="cc-notes">
      {live && (
        <Suspense>
          <OutageNotes />
          <ActLine />
        </Suspense>
      )}
    </div>
  );
}
