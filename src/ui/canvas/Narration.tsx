import { Fragment, memo, useEffect } from 'react';
import { catalog } from '../../i18n/catalog';
import type { SceneStory } from '../../scene/scene';
import { panes, usePanes } from '../app/pane-store';
import { Icon } from '../theme/Icon';
import { sceneStore, useScene } from '../state/scene-store';
import { openObject, useActions } from './actions-context';
import { canvasUi, useCanvasUi } from './canvas-ui';
import { messages } from './messages';
import { useNoOwnPods } from './own-pods';
import { guide, useGuide } from '../story/guide';
import { pointsAt } from '../story/pointed';
import { useStoryBook } from '../story/story-book';
import { chainParts, nextOf, sentenceOf, textParts } from '../story/story-text';
import { nextStory, readingMs } from './story';
import './narration.css';

const words = catalog.stories.panel;

/** What happens and why, one readable sentence at a time; a polite live region. */
export const Narration = memo(function Narration() {
  useStoryPace();
  const story = useCanvasUi((ui) => ui.story);
  const tone = story && story.tone !== 'plain' ? ` is-${story.tone}` : '';
  return (
    <div className={`say${tone}`}>
      <div className="say-text">
        <p role="status" aria-live="polite">
          {story ? sentence(story) : <NothingTold />}
        </p>
        {story ? <Chain story={story} /> : <NothingMore />}
      </div>
      <StoryButton />
    </div>
  );
});

/** Where the page has room for the whole story. */
function StoryButton() {
  const place = useGuide((state) => state.panel);
  const drawn = useGuide((state) => state.story);
  const docked = usePanes((state) => state.dock === 'story');
  if (place === 'none') return null;
  const open = place === 'dock' ? docked : drawn;
  const turn = () => {
    if (place === 'dock') panes.setState({ dock: open ? 'events' : 'story' });
    else guide.setState({ story: !open });
  };
  return (
    <button type="button" className="btn say-more" aria-expanded={open} onClick={turn}>
      <Icon name="book" />
      <span>{words.title}</span>
    </button>
  );
}

/** Before the first story: the cluster is new, or was kept. */
function NothingTold() {
  const live = useScene((scene) => scene.live);
  const isNew = useNoOwnPods();
  if (!live) return messages.loading;
  return isNew ? messages.emptyHint : messages.restHint;
}

function NothingMore() {
  const live = useScene((scene) => scene.live);
  const isNew = useNoOwnPods();
  // Its room is kept before there is anything to say.
  if (!live) return <div className="chain" />;
  return (
    <div className="chain">
      <span>{isNew ? messages.emptyAbout : messages.restAbout}</span>
    </div>
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
