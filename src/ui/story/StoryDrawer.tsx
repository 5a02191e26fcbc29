import { useEffect, useRef } from 'react';
import { catalog } from '../../i18n/catalog';
import { Icon } from '../theme/Icon';
import { guide } from './guide';
import { lit } from './pointed';
import { StoryPanel } from './StoryPanel';
import { words as stories } from './words';

const words = stories.panel;

/** The story's panel over the lower part of the canvas, above the narration that opens it. */
export function StoryDrawer() {
  const drawer = useRef<HTMLElement>(null);
  useEffect(() => {
    drawer.current?.focus();
    return () => lit.setState({ object: null });
  }, []);
  const close = () => {
    guide.setState({ story: false });
    document.querySelector<HTMLElement>('.say-more')?.focus();
  };
  return (
    <section
      ref={drawer}
      className="story-drawer"
      aria-label={catalog.guide.story.title}
      tabIndex={-1}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.preventDefault();
        event.stopPropagation();
        close();
      }}
    >
      <header className="story-drawer-head">
        <h2>{catalog.guide.story.title}</h2>
        <button type="button" className="btn sq" aria-label={words.close} onClick={close}>
          <Icon name="x" />
        </button>
      </header>
      <StoryPanel />
    </section>
  );
}
