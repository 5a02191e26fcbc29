import { lazy, memo, Suspense } from 'react';
import { catalog } from '../../i18n/catalog';
import { panes, usePanes } from '../app/pane-store';
import { Icon } from '../theme/Icon';
import { useScene } from '../state/scene-store';
import { useCanvasUi } from './canvas-ui';
import { messages } from './messages';
import { useNoOwnPods } from './own-pods';
import { guide, useGuide } from '../story/guide';
import './narration.css';

const told = () => import('./Told');
const Sentence = lazy(async () => ({ default: (await told()).Sentence }));
const Chain = lazy(async () => ({ default: (await told()).Chain }));

/** What happens and why, one readable sentence at a time; a polite live region. */
export const Narration = memo(function Narration() {
  const live = useScene((scene) => scene.live);
  const story = useCanvasUi((ui) => ui.story);
  const tone = story && story.tone !== 'plain' ? ` is-${story.tone}` : '';
  return (
    <div className={`say${tone}`}>
      <div className="say-text">
        <p role="status" aria-live="polite">
          {live || story ? (
            <Suspense fallback={<NothingTold />}>
              <Sentence before={<NothingTold />} />
            </Suspense>
          ) : (
            <NothingTold />
          )}
        </p>
        {story ? (
          <Suspense fallback={<NothingMore />}>
            <Chain story={story} />
          </Suspense>
        ) : (
          <NothingMore />
        )}
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
      <span>{catalog.guide.story.title}</span>
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
