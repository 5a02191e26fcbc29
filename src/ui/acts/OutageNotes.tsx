import { Fragment } from 'react';
import { useShallow } from 'zustand/react/shallow';
import { useActions } from '../canvas/actions-context';
import { useCanvasUi } from '../canvas/canvas-ui';
import { useTick } from '../canvas/clock-context';
import { useScene } from '../state/scene-store';
import { Icon } from '../theme/Icon';
import { outagesOf, type Outage } from './outages';
import { words } from './words';
import './outages.css';

/** Ages are told in whole seconds. */
const SECOND_MS = 1_000;

/**
 * What is down, with what goes on and the act that mends it: what stops everything stands in the
 * narration's place, the rest in a line above it.
 */
export function OutageNotes() {
  const [nodes, components] = useScene(useShallow((scene) => [scene.nodes, scene.components]));
  const pods = useScene((scene) => scene.pods);
  const nowMs = useTick((ms) => Math.floor(ms / SECOND_MS) * SECOND_MS);
  const isHolding = useCanvasUi((ui) => ui.hand !== null);
  const outages = outagesOf({ nodes, components, pods }, nowMs);
  const grave = outages.find(({ isGrave }) => isGrave);
  const [note, ...others] = outages.filter(({ isGrave }) => !isGrave);
  return (
    <div role="status" aria-label={words.outages.label} className="outages">
      {grave && !isHolding && <Bar outage={grave} />}
      {note && <Note outage={note} more={others.length} />}
    </div>
  );
}

function Bar({ outage }: { outage: Outage }) {
  return (
    <div className="say is-bad outage-bar" data-outage={outage.id}>
      <div className="outage-words">
        <p>
          <b>{outage.title}</b> {outage.goesOn}
        </p>
        {outage.chain && (
          <div className="chain">
            {outage.chain.map((link, i) => (
              <Fragment key={i}>
                {i > 0 && <Icon name="chev" size={10} />}
                <span className={i === 1 ? 'now' : ''}>{link}</span>
              </Fragment>
            ))}
          </div>
        )}
      </div>
      <Mend outage={outage} className="btn pri" />
    </div>
  );
}

function Note({ outage, more }: { outage: Outage; more: number }) {
  return (
    <div className="outage-note" data-outage={outage.id}>
      <Icon name="warn" size={14} />
      <span className="outage-text" title={`${outage.title} ${outage.goesOn}`}>
        <b>{outage.title}</b> {outage.goesOn}
      </span>
      {more > 0 && <span className="outage-more">{words.outages.more(more)}</span>}
      <Mend outage={outage} className="outage-mend" />
    </div>
  );
}

function Mend({ outage: { mend }, className }: { outage: Outage; className: string }) {
  const actions = useActions();
  if (!mend) return null;
  return (
    <button
      type="button"
      className={className}
      onClick={() => actions.act(mend.act, mend.target, mend.offer)}
    >
      {className.includes('pri') && <Icon name="power" />}
      {mend.name}
    </button>
  );
}
