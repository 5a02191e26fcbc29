import { Fragment, memo, useEffect } from 'react';
import type { SceneStory } from '../../scene/scene';
import { Icon } from '../theme/Icon';
import { sceneStore, useScene } from '../state/scene-store';
import { openObject, useActions } from './actions-context';
import { canvasUi, useCanvasUi } from './canvas-ui';
import { messages } from './messages';
import { useNoOwnPods } from './own-pods';
import { linkText, nextOf, sentenceOf, textParts } from '../story/story-text';
import { useStoryBook } from '../story/story-book';
import { nextStory, plainChain, readingMs, sameObject } from './story';
import './narration.css';

/** What happens and why, one readable sentence at a time; a polite live region. */
export const Narration = memo(function Narration() {
  useStoryPace();
  const story = useCanvasUi((ui) => ui.story);
  const tone = story && story.tone !== 'plain' ? ` is-${story.tone}` : '';
  return (
    <div className={`say${tone}`} role="status" aria-live="polite">
      {story ? (
        <>
          <p>{sentence(story)}</p>
          <Chain story={story} />
        </>
      ) : (
        <NothingTold />
      )}
    </div>
  );
});

/** Before the first story: the cluster is new, or was kept. */
function NothingTold() {
  const live = useScene((scene) => scene.live);
  const isNew = useNoOwnPods();
  if (!live) return <p>{messages.loading}</p>;
  return (
    <>
      <p>{isNew ? messages.emptyHint : messages.restHint}</p>
      <div className="chain">{isNew ? messages.emptyAbout : messages.restAbout}</div>
    </>
  );
}

function sentence(story: SceneStory) {
  return textParts(sentenceOf(story)).map((part, i) =>
    part.bold ? <b key={i}>{part.text}</b> : <Fragment key={i}>{part.text}</Fragment>,
  );
}

/** From the person's act to what comes next. */
function Chain({ story }: { story: SceneStory }) {
  const actions = useActions();
  const fileName = useStoryBook((book) => book.runs.get(story.root)?.fileName);
  const chain = plainChain(story.chain);
  const next = nextOf(story);
  return (
    <div className="chain">
      {chain.map((link, i) => (
        <Fragment key={i}>
          {i > 0 && <Icon name="chev" size={10} />}
          <button
            type="button"
            className={sameObject(link, story.about) && i === chain.length - 1 ? 'now' : ''}
            onClick={() => openObject(actions, link)}
          >
            {linkText(link, fileName)}
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
      if (!story) return;
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
