import { lazy, Suspense, useEffect } from 'react';
import { leaveToWhoBegins, welcomeFirstVisit } from '../welcome/first-visit';
import { useScene } from '../state/scene-store';
import type { Layout } from '../app/use-layout';
import { useNoOwnPods } from '../canvas/own-pods';
import { viewStore } from '../views/view-store';
import { guide, useGuide } from './guide';

const StoryDrawer = lazy(async () => ({ default: (await import('./StoryDrawer')).StoryDrawer }));
const WalkCard = lazy(async () => ({ default: (await import('./walk/WalkCard')).WalkCard }));
const Welcome = lazy(async () => ({ default: (await import('../welcome/Welcome')).Welcome }));

/** What lies over the canvas to lead the person: one of welcome, walk and story at a time. */
export function GuideLayer({ layout }: { layout: Layout }) {
  const live = useScene((scene) => scene.live);
  const isNew = useNoOwnPods();
  const walking = useGuide((state) => state.walk !== 'off');
  const walks = useGuide((state) => state.walks);
  const story = useGuide((state) => state.story);
  const welcome = useGuide((state) => state.welcome);
  useEffect(() => {
    guide.setState({ panel: layout === 'phone' ? 'drawer' : 'dock', story: false });
    return () => guide.setState({ panel: 'none' });
  }, [layout]);
  useEffect(leaveToWhoBegins, []);
  useEffect(() => {
    // The first picture comes before any words about it.
    if (live && isNew) welcomeFirstVisit();
  }, [live, isNew]);
  useEffect(() => {
    // They speak of what the cluster's own picture shows.
    if (walking || welcome) viewStore.setState({ view: 'cluster' });
  }, [walking, welcome]);
  return (
    <Suspense fallback={null}>
      {walking ? <WalkCard key={walks} /> : welcome ? <Welcome /> : story && <StoryDrawer />}
    </Suspense>
  );
}
