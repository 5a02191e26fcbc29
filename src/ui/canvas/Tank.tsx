import { memo, type KeyboardEvent } from 'react';
import type { SceneNode } from '../../scene/scene';
import { Icon } from '../theme/Icon';
import { useScene } from '../state/scene-store';
import { actOnNode, openNode, useActions } from './actions-context';
import { useCanvasUi } from './canvas-ui';
import { useTick } from './clock-context';
import { isApiDown } from './api-state';
import { grabNode } from './hand';
import type { TankSize } from './layout';
import { messages } from './messages';
import { nodeState, sinceHeartbeat, type NodeState } from './node-state';
import { podArea } from './pod-places';
import { cpuShare, memoryShare, ratio } from './quantities';
import { TankGlass } from './TankGlass';
import './tank.css';
import './tank-sizes.css';

export interface TankProps {
  name: string;
  size: TankSize;
  w: number;
  h: number;
}

/** From this width whole sentences fit. */
const roomyW = 150;

/**
 * A worker node as a tank: kubelet on the rim, kube-proxy under the floor, water as high as what is
 * requested.
 */
export const Tank = memo(function Tank({ name, size, w, h }: TankProps) {
  const node = useScene((scene) => scene.nodes.get(name));
  // In whole seconds, so that it renders again only when the age in words may have changed.
  const heardMs = useTick((nowMs, lagMs) => (node ? sinceHeartbeat(node, nowMs, lagMs) : 0));
  const apiDown = useScene(isApiDown);
  const actions = useActions();
  const inHand = useCanvasUi((ui) => ui.hand?.node === name);
  if (!node) return null;
  const state = nodeState(node, node.heartbeatMs + heardMs, apiDown);
  const level = state.drained ? 0 : Math.max(ratio(node.cpu), ratio(node.memory));
  const label = messages.nodeLabel(name, state.label, state.about, node.podCount);
  return (
    <div
      className={tankClass(state, inHand)}
      style={{ width: w, height: h }}
      data-kind={node.registered ? 'Node' : 'Machine'}
      data-namespace=""
      data-name={name}
      data-machine={node.machine}
      data-ready={node.ready}
      data-power={node.power}
      data-size={size}
      data-stop="top"
      role="group"
      tabIndex={0}
      aria-label={label}
      onClick={(event) => openNode(actions, node, event.target)}
    >
      <TankGlass
        w={w}
        h={h}
        level={level}
        area={podArea({ x: 0, y: 0, w, h }, size)}
        state={state}
      />
      <TankHead node={node} state={state} size={size} isNarrow={w < roomyW} />
      {size !== 'micro' && (
        <KubeletPill name={name} state={state} isRoomy={size === 'full' && w >= roomyW} />
      )}
      {size === 'full' ? (
        <TankFloor node={node} state={state} />
      ) : (
        <SmallFloor node={node} state={state} size={size} isNarrow={w < 130} />
      )}
      <PowerButton node={node} state={state} />
    </div>
  );
});

function tankClass(state: NodeState, inHand: boolean): string {
  return [
    'tank',
    state.drained ? 'is-drained' : '',
    state.stale ? 'is-stale' : '',
    inHand ? 'is-ghost' : '',
  ]
    .filter(Boolean)
    .join(' ');
}

interface PartProps {
  node: SceneNode;
  state: NodeState;
}

interface HeadProps extends PartProps {
  size: TankSize;
  isNarrow: boolean;
}

function TankHead({ node, state, size, isNarrow }: HeadProps) {
  // The bars say the capacity, too.
  const about = isNarrow && !state.stale && node.zone ? node.zone : state.about;
  const short = size === 'mini' || size === 'short';
  return (
    <div className="tank-head nopan nodrag" onPointerDown={(event) => grabNode(event, node)}>
      <div className="tank-title">
        <b className="tank-name">{node.name}</b>
        {short && <span className="tank-zone">{node.zone}</span>}
        <span className={`tank-state t-${state.tone}`}>
          {state.mark && <Icon name={state.mark} size={12} />}
          <span>{state.label}</span>
        </span>
      </div>
      {size === 'full' && <div className="tank-about">{about}</div>}
      {size !== 'micro' && <Bars node={node} state={state} />}
    </div>
  );
}

function Bars({ node, state }: PartProps) {
  return (
    <div className="tank-bars">
      <Bar
        label={messages.cpu}
        share={ratio(node.cpu)}
        text={cpuShare(node.cpu)}
        off={state.drained}
      />
      <Bar
        label={messages.memory}
        share={ratio(node.memory)}
        text={memoryShare(node.memory)}
        off={state.drained}
      />
    </div>
  );
}

interface BarProps {
  label: string;
  share: number;
  text: string;
  off: boolean;
}

function Bar({ label, share, text, off }: BarProps) {
  const hot = share > 0.9 && !off;
  return (
    <div className={hot ? 'tank-bar is-hot' : 'tank-bar'}>
      <span>{label}</span>
      <i>{!off && <u style={{ transform: `scaleX(${share})` }} />}</i>
      <span className="tank-bar-text">{off ? '–' : text}</span>
    </div>
  );
}

interface KubeletPillProps {
  name: string;
  state: NodeState;
  /** Whether there is room for a sentence. */
  isRoomy: boolean;
}

function KubeletPill({ name, state, isRoomy }: KubeletPillProps) {
  const { text, long, tone } = state.kubelet;
  return (
    <div
      className={`pill pill-kubelet t-${tone}`}
      data-kind="Component"
      data-namespace=""
      data-name={`kubelet-${name}`}
    >
      <span>{messages.kubelet}</span>
      {tone === 'heart' && <HeartMark />}
      <span className="pill-age">{isRoomy ? long : text}</span>
    </div>
  );
}

function HeartMark() {
  return (
    <svg className="pill-heart" width="13" height="10" viewBox="0 0 13 10" aria-hidden="true">
      <path d="M.7 5.5h2.5l1.5-3.5 2 6 1.5-2.5h2.5" />
    </svg>
  );
}

function TankFloor({ node, state }: PartProps) {
  return (
    <>
      <div className="tank-floor">
        <span className="mono">{node.runtime.split('://')[0]}</span>
        <span>{messages.images(node.imageCount)}</span>
      </div>
      {!state.drained && (
        <div
          className={state.stale ? 'pill pill-proxy is-off' : 'pill pill-proxy'}
          data-kind="Component"
          data-namespace=""
          data-name={`kube-proxy-${node.name}`}
        >
          {messages.kubeProxy}
        </div>
      )}
    </>
  );
}

interface SmallFloorProps extends PartProps {
  size: TankSize;
  isNarrow: boolean;
}

/** Where there is no floor the runtime is a mark: on the lower rim, or beside the name. */
function SmallFloor({ node, state, size, isNarrow }: SmallFloorProps) {
  if (state.drained) return null;
  const about = [node.runtime, messages.images(node.imageCount)].filter(Boolean).join(', ');
  const runtime = (
    <span className="rim-mark" role="img" aria-label={about} title={about}>
      <RimIcon d="M2 4.5l4-2 4 2v4l-4 2-4-2zM2 4.5l4 2 4-2M6 6.5v4" />
      {size !== 'micro' && node.imageCount}
    </span>
  );
  if (size === 'micro') {
    const { long, tone } = state.kubelet;
    const heard = `${messages.kubelet} ${long}`;
    return (
      <span className="rim-marks is-micro">
        <span className={`rim-mark t-${tone}`} role="img" aria-label={heard} title={heard}>
          <RimIcon d="M1 6.5h2.5L5 3l2 6 1.5-2.5H11" />
        </span>
        {runtime}
      </span>
    );
  }
  return (
    <span className="rim-marks">
      <span className="pill">{runtime}</span>
      <span
        className={state.stale ? 'pill is-off' : 'pill'}
        data-kind="Component"
        data-namespace=""
        data-name={`kube-proxy-${node.name}`}
      >
        {isNarrow ? (
          <span className="rim-mark" role="img" aria-label={messages.kubeProxy}>
            <RimIcon d="M6 1.5v3M6 4.5L2.5 9M6 4.5L9.5 9M1.5 9.5h2M8.5 9.5h2" />
          </span>
        ) : (
          messages.kubeProxy
        )}
      </span>
    </span>
  );
}

function RimIcon({ d }: { d: string }) {
  return (
    <svg width="12" height="12" viewBox="0 0 12 12" aria-hidden="true">
      <path d={d} />
    </svg>
  );
}

/**
 * Off: a button on the lower rim that is always there. On: one on the upper rim, for pointer and
 * focus.
 */
function PowerButton({ node, state }: PartProps) {
  const actions = useActions();
  if (!node.machine) return null;
  const stop = (event: KeyboardEvent) => event.stopPropagation();
  if (node.network === 'Cut' && !state.drained) {
    return (
      <button
        type="button"
        className="rim-button nopan"
        onKeyDown={stop}
        onClick={() => actOnNode(actions, node, 'plugCable')}
      >
        <Icon name="plug" size={14} />
        {messages.plugCable}
      </button>
    );
  }
  if (state.drained) {
    return (
      <button
        type="button"
        className="rim-button nopan"
        aria-label={messages.powerOnNode(node.name)}
        onKeyDown={stop}
        onClick={() => actOnNode(actions, node, 'powerOn')}
      >
        <Icon name="power" size={14} />
        {messages.powerOn}
      </button>
    );
  }
  return (
    <button
      type="button"
      className="rim-power nopan"
      aria-label={messages.powerOffNode(node.name)}
      title={messages.powerOffNode(node.name)}
      onKeyDown={stop}
      onClick={() => actOnNode(actions, node, 'powerOff')}
    >
      <Icon name="power" size={14} />
    </button>
  );
}
