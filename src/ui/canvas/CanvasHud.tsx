import { useReactFlow, useStore } from '@xyflow/react';
import { lazy, Suspense } from 'react';
import { useShallow } from 'zustand/react/shallow';
import { SearchButtons } from '../search/SearchTools';
import { unscheduledIn } from '../state/crowd';
import { Icon } from '../theme/Icon';
import { useReadout } from '../state/scene-readout';
import { ViewTabs } from '../views/ViewTabs';
import { CLUSTER } from '../state/node-groups';
import { openObject, useActions } from './actions-context';
import { canvasUi, useCanvasUi } from './canvas-ui';
import { messages } from './messages';
import { grouped } from './quantities';
import './hud.css';

const Legend = lazy(() => import('./Legend'));

/** Above the picture: what there is in numbers, the legend, the zoom. */
export function CanvasHud() {
  const legend = useCanvasUi((ui) => ui.legend);
  return (
    <div className="hud">
      <ViewTabs />
      <Summary />
      <span className="sp" />
      <SearchButtons />
      <div className="seg">
        <button
          type="button"
          aria-expanded={legend}
          aria-pressed={legend}
          onClick={() => canvasUi.setState({ legend: !legend })}
        >
          <Icon name="info" />
          {messages.legend}
        </button>
      </div>
      <ZoomControl />
    </div>
  );
}

/** What the signs of the picture mean; a phone's menu opens it, too. */
export function LegendPanel() {
  const isOpen = useCanvasUi((ui) => ui.legend);
  if (!isOpen) return null;
  return (
    <Suspense>
      <Legend onClose={() => canvasUi.setState({ legend: false })} />
    </Suspense>
  );
}

/** What there is in numbers; it opens the panel of the whole cluster. */
function Summary() {
  const actions = useActions();
  const [nodes, pods, unscheduled, notReady] = useReadout(
    useShallow((scene) => {
      const waiting = unscheduledIn(scene.pods);
      let bad = 0;
      for (const node of scene.nodes.values()) if (node.ready !== 'Ready') bad++;
      return [scene.nodes.size, scene.pods.size, waiting, bad] as const;
    }),
  );
  return (
    <button
      type="button"
      className="hud-summary num"
      onClick={() => openObject(actions, { ...CLUSTER, text: '' })}
    >
      <Icon name="bars" />
      <span className="sr-only">{messages.canvasLabel}:</span>
      <span>{messages.nodesCount(nodes)}</span>
      <span>{messages.podsCount(pods)}</span>
      {unscheduled > 0 && <span className="t-pend">{messages.unscheduledCount(unscheduled)}</span>}
      {notReady > 0 && <span className="t-fail">{messages.notReadyCount(notReady)}</span>}
    </button>
  );
}

function ZoomControl() {
  const flow = useReactFlow();
  const percent = useStore((state) => Math.round(state.transform[2] * 100));
  const fit = () => canvasUi.setState((ui) => ({ fitAsked: ui.fitAsked + 1 }));
  return (
    <div className="seg">
      <button type="button" aria-label={messages.zoomOut} onClick={() => void flow.zoomOut()}>
        <Icon name="minus" />
      </button>
      <button
        type="button"
        className="num hud-percent"
        aria-label={messages.zoomReset(percent)}
        onClick={fit}
      >
        {grouped(percent)}%
      </button>
      <button type="button" aria-label={messages.zoomIn} onClick={() => void flow.zoomIn()}>
        <Icon name="plus" />
      </button>
      <button type="button" aria-label={messages.zoomFit} onClick={fit}>
        <Icon name="fit" />
      </button>
    </div>
  );
}
