import { Fragment, useEffect } from 'react';
import type { ReactNode } from 'react';
import type { SceneStory } from '../../scene/scene';
import { Icon } from '../theme/Icon';
import { sceneStore } from '../state/scene-store';
import { openObject, useActions } from './actions-context';
import { canvasUi, useCanvasUi } from './canvas-ui';
import { guide } from '../story/guide';
import { pointsAt } from '../story/pointed';
import { useStoryBook } from '../story/story-book';
import { chainParts, nextOf, sentenceOf, textParts } from '../story/story-text';
import { nextStory, readingMs } from './story';

/** What is told now; `before` anything is. It lets the stories through, one at a time. */
export function Sentence({ before }: { before: ReactNode }) {
  useStoryPace();
  const story = useCanvasUi((ui) => ui.story);
  if (!story) return before;
  return textParts(sentenceOf(story)).map((part, i) =>
    part.bold ? <b key={i}>{part.text}</b> : <Fragment key={i}>{part.text}</Fragment>,
  );
}

/** From the person's act to what comes next. */
export function Chain({ story }: { story: SceneStory }) {
  const actions = useActions();
  const fileName = useStoryBook((book) => book.runs.get(story.root)?.fileName);
  const next = nextOf(story);
  return (
    <div className="chain">
      {chainParts(story, fileName).map(({ text, link, isNow }, i) => (
        <Fragment key={i}>
          {i > 0 && <Icon name="chev" size={10} />}
          <button
            type="button"
            className={isNow ? 'now' : ''}
            onClick={() => openObject(actions, link)}
            {...pointsAt(link)}
          >
            {text}
          </button>
        </Fragment>
      ))}
      {next && (
        <>
          <Icon name="chev" size={10} />
          <span>{next}</span>
        </>
      )}
    </div>
  );
}

/** Lets the stories through at reading speed. */
function useStoryPace(): void {
  useEffect(() => {
    let waiting: SceneStory[] = [];
    let timer: ReturnType<typeof setTimeout> | undefined;
    const tell = () => {
      timer = undefined;
      const story = nextStory(waiting);
      waiting = [];
      // A walk tells the same, more slowly: two voices are one too many.
      if (!story || guide.getState().walk !== 'off') return;
      canvasUi.setState({ story });
      timer = setTimeout(tell, readingMs(sentenceOf(story), story.tone));
    };
    const take = (stories: readonly SceneStory[], after: number) => {
      waiting.push(...stories.filter((it) => it.id > after));
      if (!timer) tell();
    };
    take(sceneStore.getState().stories.slice(-1), -1);
    const stop = sceneStore.subscribe((scene, before) => {
      if (scene.stories === before.stories) return;
      if (scene.toldAnew !== before.toldAnew) {
        // Another moment is shown: what was told last until then, at once and not at reading pace.
        waiting = [];
        canvasUi.setState({ story: scene.stories.at(-1) ?? null });
        return;
      }
      // An empty record means that another cluster begins.
      if (scene.stories.length === 0) canvasUi.setState({ story: null });
      take(scene.stories, before.stories.at(-1)?.id ?? -1);
    });
    return () => {
      stop();
      clearTimeout(timer);
    };
  }, []);
}
