import { lazy, Suspense } from 'react';
import type { ReactNode } from 'react';
import { catalog } from '../../i18n/catalog';

const StoryPanel = lazy(async () => ({ default: (await import('./StoryPanel')).StoryPanel }));

/** The story where the events are, taking turns with them. */
export function StoryDock({ tabs }: { tabs: ReactNode }) {
  return (
    <section className="dock" data-region="dock" aria-label={catalog.guide.story.title}>
      <header className="phead">
        {tabs}
        <span className="sp" />
      </header>
      <h2 className="sr-only">{catalog.guide.story.title}</h2>
      <div className="dock-body" role="tabpanel" id="panel-story" aria-labelledby="tab-story">
        <Suspense fallback={null}>
          <StoryPanel />
        </Suspense>
      </div>
    </section>
  );
}
