import { memo, type CSSProperties, type ReactNode } from 'react';
import type { SceneComponent, SceneNode } from '../../scene/scene';
import { Icon } from '../theme/Icon';
import type { IconName } from '../theme/icon-paths';
import { useReadout } from '../state/scene-readout';
import { useScene } from '../state/scene-store';
import { ApiServer } from './ApiServer';
import { componentOf, isApiDown } from './api-state';
import { actOnNode, openNode, openObject, useActions } from './actions-context';
import { useCanvasUi } from './canvas-ui';
import { useTick } from './clock-context';
import { ControllerChips } from './ControllerChips';
import type { ControlPlaneBoxes } from './control-plane-layout';
import { grabNode } from './hand';
import type { Box, LayoutKind } from './layout';
import { messages } from './messages';
import { nodeState, sinceHeartbeat } from './node-state';
import { grouped, megabytes } from './quantities';
import './control-plane.css';

export interface ControlPlaneProps {
  boxes: ControlPlaneBoxes;
  kind: LayoutKind;
  /** Name of the node whose card this is; '' before it registered. */
  master: string;
}

/** The control plane: kube-apiserver at its heart, and who talks to it. */
export const ControlPlane = memo(function ControlPlane({ boxes, kind, master }: ControlPlaneProps) {
  const node = useScene((scene) => scene.nodes.get(master));
  const apiserver = useComponent('kube-apiserver');
  const down = useScene(isApiDown);
  const actions = useActions();
  const inHand = useCanvasUi((ui) => ui.hand !== null && ui.hand.node === master);
  const at = (box: Box): CSSProperties => ({
    left: box.x - boxes.card.x,
    top: box.y - boxes.card.y,
    width: box.w,
    height: box.h,
  });
  return (
    <div
      className={`cp cp-${kind}${down ? ' is-down' : ''}${inHand ? ' is-ghost' : ''}`}
      style={{ width: boxes.card.w, height: boxes.card.h }}
      {...(node ? nodeMarks(node) : {})}
      onClick={(event) => node && openNode(actions, node, event.target)}
    >
      {kind === 'wide' && node && <MasterHead node={node} down={down} />}
      <ApiServer
        style={at(boxes.apiserver)}
        kind={kind}
        width={boxes.apiserver.w}
        state={apiserver?.state ?? 'starting'}
        down={down}
      />
      <Etcd style={at(boxes.etcd)} kind={kind} down={down} />
      <Scheduler style={at(boxes.scheduler)} kind={kind} down={down} />
      <Controllers
        style={at(boxes.controllers)}
        kind={kind}
        down={down}
        width={boxes.controllers.w}
      />
      {node && <MasterPower node={node} />}
    </div>
  );
});

function nodeMarks(node: SceneNode) {
  return {
    'data-kind': 'Node',
    'data-namespace': '',
    'data-name': node.name,
    'data-machine': node.machine,
    'data-ready': node.ready,
    'data-power': node.power,
    'data-stop': 'top',
    role: 'group',
    tabIndex: 0,
    'aria-label': messages.nodeLabel(node.name, node.ready, messages.controlPlane, node.podCount),
  };
}

function useComponent(name: string): SceneComponent | undefined {
  return useScene((scene) => componentOf(scene, name));
}

function MasterHead({ node, down }: { node: SceneNode; down: boolean }) {
  const heardMs = useTick((nowMs, lagMs) => sinceHeartbeat(node, nowMs, lagMs));
  const state = nodeState(node, node.heartbeatMs + heardMs, down);
  return (
    <div className="cp-head nopan" onPointerDown={(event) => grabNode(event, node)}>
      <b>{messages.controlPlane}</b>
      <span className={state.tone === 'fail' || down ? 't-fail' : ''}>
        {messages.controlPlaneOf(node.name, down ? messages.apiStopped : state.label)}
      </span>
    </div>
  );
}

function MasterPower({ node }: { node: SceneNode }) {
  const actions = useActions();
  if (!node.machine) return null;
  const off = node.power === 'Off';
  const act = () => actOnNode(actions, node, off ? 'powerOn' : 'powerOff');
  const label = off ? messages.powerOnNode(node.name) : messages.powerOffNode(node.name);
  return (
    <button
      type="button"
      className={off ? 'rim-button nopan' : 'rim-power nopan'}
      aria-label={label}
      title={label}
      onKeyDown={(event) => event.stopPropagation()}
      onClick={act}
    >
      <Icon name="power" size={14} />
      {off && messages.powerOn}
    </button>
  );
}

interface PartProps {
  style: CSSProperties;
  kind: LayoutKind;
  down: boolean;
}

interface CardProps {
  name: string;
  /** What the card is called where there is little room. */
  title?: string;
  icon: IconName;
  style: CSSProperties;
  state: SceneComponent['state'];
  down: boolean;
  className: string;
  aside?: ReactNode;
  children?: ReactNode;
}

/** A component's card: icon, name, and what it is doing. */
function ComponentCard(props: CardProps) {
  const { name, icon, style, state, down, className, aside, children } = props;
  const actions = useActions();
  const open = () => openObject(actions, { kind: 'Component', namespace: '', name, text: name });
  return (
    <div
      className={`card ${className} is-${state}${down ? ' is-muted' : ''}`}
      style={style}
      data-kind="Component"
      data-namespace=""
      data-name={name}
      data-state={state}
      data-stop
      tabIndex={0}
      role="group"
      aria-label={messages.componentLabel(name, messages.componentStates[state])}
      onClick={open}
    >
      <div className="card-title">
        <Icon name={icon} size={14} />
        <b className="mono">{props.title ?? name}</b>
        {aside && <span className="card-aside">{aside}</span>}
      </div>
      {children}
    </div>
  );
}

function Etcd({ style, kind, down }: PartProps) {
  const component = useComponent('etcd');
  const revision = useReadout((scene) => scene.gauges.revision);
  const bytes = useReadout((scene) => scene.gauges.databaseBytes);
  const members = useScene((scene) => scene.components.filter((it) => it.name === 'etcd').length);
  const state = component?.state ?? 'starting';
  const role = component?.leader ? messages.leader : '';
  return (
    <ComponentCard
      name="etcd"
      icon="db"
      className="etcd"
      style={style}
      state={state}
      down={down}
      aside={kind === 'wide' ? megabytes(bytes) : undefined}
    >
      {kind === 'phone' ? (
        <div className="card-line">
          {messages.revisionShort} {grouped(revision)}
        </div>
      ) : (
        <>
          <div className="card-line">
            <span>{messages.revision}</span>
            <b className="mono">{grouped(revision)}</b>
          </div>
          <div className="card-line">
            <span>{messages.members(Math.max(1, members))}</span>
            <span>{state === 'running' ? role : messages.componentStates[state]}</span>
          </div>
        </>
      )}
    </ComponentCard>
  );
}

function Scheduler({ style, kind, down }: PartProps) {
  const component = useComponent('kube-scheduler');
  const state = component?.state ?? 'starting';
  const wide = kind === 'wide';
  const words = state === 'running' ? null : messages.componentStates[state];
  return (
    <ComponentCard
      name="kube-scheduler"
      title={kind === 'phone' ? messages.schedulerShort : undefined}
      icon="place"
      className="scheduler"
      style={style}
      state={state}
      down={down}
      aside={wide ? component?.leader ? messages.leader : undefined : <QueueWords kind={kind} />}
    >
      {wide && (
        <div className="card-line">
          {down ? messages.waitsForServer : (words ?? <QueueNumbers />)}
        </div>
      )}
      {kind === 'phone' && (
        <div className="card-line">
          <QueueWords kind="wide" />
        </div>
      )}
    </ComponentCard>
  );
}

function QueueWords({ kind }: { kind: LayoutKind }) {
  const active = useReadout((scene) => scene.gauges.schedulerActive);
  return kind === 'phone' ? null : messages.queueShort(active);
}

function QueueNumbers() {
  const active = useReadout((scene) => scene.gauges.schedulerActive);
  const backoff = useReadout((scene) => scene.gauges.schedulerBackoff);
  const noFit = useReadout((scene) => scene.gauges.schedulerUnschedulable);
  return (
    <>
      <QueueNumber label={messages.queue} value={active} busy={active > 0} />
      <QueueNumber label={messages.backoff} value={backoff} />
      <QueueNumber label={messages.noFit} value={noFit} />
    </>
  );
}

function QueueNumber({ label, value, busy }: { label: string; value: number; busy?: boolean }) {
  return (
    <span className={`queue${busy ? ' is-busy' : ''}${value > 0 ? '' : ' is-zero'}`}>
      {label} <b className="mono">{value}</b>
    </span>
  );
}

function Controllers({ style, kind, down, width }: PartProps & { width: number }) {
  const component = useComponent('kube-controller-manager');
  const state = component?.state ?? 'starting';
  const inline = kind === 'embed';
  return (
    <ComponentCard
      name="kube-controller-manager"
      icon="loop"
      className="controllers"
      style={style}
      state={state}
      down={down}
      aside={
        inline ? (
          <ControllerChips width={width - 208} rows={1} />
        ) : component?.leader ? (
          messages.leader
        ) : undefined
      }
    >
      {!inline && <ControllerChips width={width - 20} rows={kind === 'phone' ? 1 : 2} />}
    </ComponentCard>
  );
}
