import { memo, useDeferredValue, useMemo, useState } from 'react';
import { usePage } from '../app/page-context';
import { useEngine } from '../state/engine-store';
import { useScene } from '../state/scene-store';
import { Icon } from '../theme/Icon';
import { chaptersOf, storiesWith } from './chapters';
import { ChapterView } from './ChapterView';
import { walkBehind } from './guide';
import { pointsAt } from './pointed';
import { useStoryBook } from './story-book';
import { words as stories } from './words';
import './story-panel.css';

const words = stories.panel;

/** More chapters than these are drawn when asked for. */
const CHAPTERS_SHOWN = 30;

/** The whole story, chapter by chapter, the newest first; may be searched. */
export const StoryPanel = memo(function StoryPanel() {
  const book = useStoryBook((state) => state);
  const startMs = useEngine((state) => state.clock.startMs);
  const selection = useScene((scene) => scene.selection);
  const [text, setText] = useState('');
  const [isOnly, setOnly] = useState(false);
  const [shown, setShown] = useState(CHAPTERS_SHOWN);
  const only = isOnly ? selection : null;
  const shownBook = useDeferredValue(book);
  const wanted = useDeferredValue(text);
  const chapters = useMemo(
    () =>
      chaptersOf({
        ...shownBook,
        stories: storiesWith(shownBook.stories, { text: wanted, only }),
      }),
    [shownBook, wanted, only],
  );
  return (
    <div className="story">
      <div className="story-tools" role="search">
        <input
          className="story-find"
          type="search"
          value={text}
          placeholder={words.find}
          aria-label={words.find}
          onChange={(event) => setText(event.target.value)}
        />
        {selection && (
          <button
            type="button"
            className="btn out"
            aria-pressed={isOnly}
            onClick={() => setOnly(!isOnly)}
            {...pointsAt(selection)}
          >
            {words.only(`${selection.kind} ${selection.name}`)}
          </button>
        )}
        <span className="sp" />
        <WalkButton />
      </div>
      {chapters.length === 0 ? (
        <p className="story-none">{text || only ? words.noMatch : words.nothing}</p>
      ) : (
        <ol className="story-chapters">
          {chapters.slice(0, shown).map((chapter, i) => (
            <ChapterView
              key={chapter.key}
              chapter={chapter}
              startMs={startMs}
              startsOpen={i === 0 || text !== '' || only !== null}
            />
          ))}
        </ol>
      )}
      {chapters.length > shown && (
        <button
          type="button"
          className="link story-older"
          onClick={() => setShown(shown + CHAPTERS_SHOWN)}
        >
          {words.older(chapters.length - shown)}
        </button>
      )}
    </div>
  );
});

/** Begins the walk behind whatever is applied next. */
function WalkButton() {
  const { embed } = usePage();
  if (embed) return null;
  return (
    <button type="button" className="btn" onClick={() => walkBehind()}>
      <Icon name="step" />
      {words.walk}
    </button>
  );
}
