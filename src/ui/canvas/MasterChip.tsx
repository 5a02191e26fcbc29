import { memo, type CSSProperties } from 'react';
import { useShallow } from 'zustand/react/shallow';
import { catalog } from '../../i18n/catalog';
import type { SceneNode } from '../../scene/scene';
import { Icon } from '../theme/Icon';
import { listed } from '../state/language';
import { useScene } from '../state/scene-store';
import { actOnNode, openNode, useActions } from './actions-context';
import { isApiDown } from './api-state';
import { useCanvasUi } from './canvas-ui';
import { useTick } from './clock-context';
import { grabNode } from './hand';
import type { LayoutKind } from './layout';
import { masterWords } from './master-words';
import { messages } from './messages';
import { nodeState, sinceHeartbeat, type NodeState } from './node-state';
import './masters.css';

const words = catalog.sides;

export interface MasterChipProps {
  name: string;
  kind: LayoutKind;
  style: CSSProperties;
}

/** A machine of a control plane that has several: what runs on it, what leads. */
export const MasterChip = memo(function MasterChip({ name, kind, style }: MasterChipProps) {
  const node = useScene((scene) => scene.nodes.get(name));
  const heardMs = useTick((nowMs, lagMs) => (node ? sinceHeartbeat(node, nowMs, lagMs) : 0));
  const apiDown = useScene(isApiDown);
  const components = useScene(
    useShallow((scene) => scene.components.filter(({ machine }) => machine === name)),
  );
  const inHand = useCanvasUi((ui) => ui.hand?.node === name);
  const actions = useActions();
  if (!node) return null;
  const state = nodeState(node, node.heartbeatMs + heardMs, apiDown);
  const said = masterWords(components);
  const { serves, leads, stopped } = said;
  const runs = listed([serves, leads, stopped].filter(Boolean));
  const isWell = !state.drained && !state.stale && stopped === '';
  const dead = state.drained ? ' is-dead' : '';
  return (
    <div
      className={`master${isWell ? '' : ' is-bad'}${dead}${inHand ? ' is-ghost' : ''}`}
      style={style}
      data-kind={node.registered ? 'Node' : 'Machine'}
      data-namespace=""
      data-name={name}
      data-machine={node.machine}
      data-ready={node.ready}
      data-power={node.power}
      data-stop
      role="group"
      tabIndex={0}
      aria-label={words.masterLabel(name, state.label, state.stale ? state.about : runs)}
      title={runs}
      onClick={(event) => {
        event.stopPropagation();
        openNode(actions, node, event.target);
      }}
    >
      <div className="master-head nopan" onPointerDown={(event) => grabNode(event, node)}>
        <Icon name="tank" size={12} />
        <b>{name}</b>
        {!state.stale && <StateMark state={state} />}
      </div>
      {state.stale ? (
        <Silence node={node} state={state} kind={kind} />
      ) : (
        <Lines {...said} kind={kind} />
      )}
      {state.drained && kind === 'wide' && <PowerOn node={node} />}
    </div>
  );
});

/** What was last heard of a machine, and why no more is. */
function Silence({ node, state, kind }: { node: SceneNode; state: NodeState; kind: LayoutKind }) {
  const cut = node.network === 'Cut' ? messages.noCable : '';
  const why = state.drained ? messages.noPower : cut;
  return (
    <>
      {(kind !== 'embed' || !why) && <div className="master-line">{state.label}</div>}
      <div className="master-line master-why">{why}</div>
    </>
  );
}

function StateMark({ state }: { state: NodeState }) {
  return (
    <span className={`master-state t-${state.tone}`}>
      {state.mark && <Icon name={state.mark} size={12} />}
      <span>{state.label}</span>
    </span>
  );
}

interface LinesProps extends ReturnType<typeof masterWords> {
  kind: LayoutKind;
}

/** One line in an embed, two elsewhere; what is stopped goes before what leads. */
function Lines({ serves, briefly, leads, stopped, kind }: LinesProps) {
  const last = stopped || leads;
  const tone = stopped ? 'master-line t-fail' : 'master-line';
  if (kind === 'embed') return <div className={tone}>{stopped || serves}</div>;
  return (
    <>
      <div className="master-line">{kind === 'phone' ? briefly : serves}</div>
      <div className={tone}>{last}</div>
    </>
  );
}

function PowerOn({ node }: { node: SceneNode }) {
  const actions = useActions();
  if (!node.machine) return null;
  return (
    <button
      type="button"
      className="rim-button master-power nopan"
      aria-label={messages.powerOnNode(node.name)}
      title={messages.powerOnNode(node.name)}
      onKeyDown={(event) => event.stopPropagation()}
      onClick={() => actOnNode(actions, node, 'powerOn')}
    >
      <Icon name="power" size={14} />
    </button>
  );
}
