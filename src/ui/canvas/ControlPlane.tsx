import { memo, type CSSProperties, type ReactNode } from 'react';
import { useShallow } from 'zustand/react/shallow';
import { catalog } from '../../i18n/catalog';
import type { SceneComponent, SceneNode } from '../../scene/scene';
import { Icon } from '../theme/Icon';
import type { IconName } from '../theme/icon-paths';
import { useReadout } from '../state/scene-readout';
import { useScene } from '../state/scene-store';
import { ApiServer } from './ApiServer';
import { componentOf, etcdMembers, isApiDown, standing } from './api-state';
import { actOnNode, openNode, openObject, useActions } from './actions-context';
import { useCanvasUi } from './canvas-ui';
import { useTick } from './clock-context';
import { ControllerChips } from './ControllerChips';
import type { ControlPlaneBoxes, MasterPlace } from './control-plane-layout';
import { grabNode } from './hand';
import type { Box, LayoutKind } from './layout';
import { MasterChip } from './MasterChip';
import { messages } from './messages';
import { nodeState, sinceHeartbeat } from './node-state';
import { grouped, megabytes } from './quantities';
import './control-plane.css';

const words = catalog.sides;

export interface ControlPlaneProps {
  boxes: ControlPlaneBoxes;
  /** Its machines where there are several; empty where the card is one machine's. */
  masters: ReadonlyMap<string, MasterPlace>;
  kind: LayoutKind;
  /** Name of the node whose card this is; '' before it registered. */
  master: string;
}

/** The control plane: kube-apiserver at its heart, and who talks to it. */
export const ControlPlane = memo(function ControlPlane({
  boxes,
  masters,
  kind,
  master,
}: ControlPlaneProps) {
  const isMany = masters.size > 0;
  const node = useScene((scene) => (isMany ? undefined : scene.nodes.get(master)));
  const apiserver = useComponent('kube-apiserver');
  const down = useScene(isApiDown);
  const actions = useActions();
  const inHand = useCanvasUi((ui) => !isMany && ui.hand !== null && ui.hand.node === master);
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
      {kind === 'wide' && isMany && <ManyHead count={masters.size} down={down} />}
      {[...masters].map(([name, { box }]) => (
        <MasterChip key={name} name={name} kind={kind} style={at(box)} />
      ))}
      <ApiServer
        style={at(boxes.apiserver)}
        kind={kind}
        width={boxes.apiserver.w}
        state={apiserver?.state ?? 'starting'}
        down={down}
      />
      <Etcd style={at(boxes.etcd)} kind={kind} down={down} />
      <Scheduler style={at(boxes.scheduler)} kind={kind} down={down} width={boxes.scheduler.w} />
      <Controllers
        style={at(boxes.controllers)}
        kind={kind}
        down={down}
        width={boxes.controllers.w}
      />
      {boxes.cloud && <Cloud style={at(boxes.cloud)} down={down} width={boxes.cloud.w} />}
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
      {isOneProcess(node) && <span>{words.oneProcess}</span>}
    </div>
  );
}

/** k3s runs the whole control plane in the process of its kubelet. */
function isOneProcess({ kubeletVersion }: SceneNode): boolean {
  return kubeletVersion.includes('+k3s');
}

function ManyHead({ count, down }: { count: number; down: boolean }) {
  return (
    <div className="cp-head is-many">
      <b>{messages.controlPlane}</b>
      <span className={down ? 't-fail' : ''}>
        {messages.controlPlaneOf(
          words.machines(count),
          down ? messages.apiStopped : messages.ready,
        )}
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
  const state = component?.state ?? 'starting';
  return (
    <ComponentCard
      name="etcd"
      icon="db"
      className="etcd"
      style={style}
      state={state}
      down={down}
      aside={kind === 'wide' ? <Quorum otherwise={megabytes(bytes)} /> : undefined}
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
          <Members kind={kind} state={state} leads={component?.leader ?? false} />
        </>
      )}
    </ComponentCard>
  );
}

interface MembersProps {
  kind: LayoutKind;
  state: SceneComponent['state'];
  leads: boolean;
}

/** How many members there are and who leads; with several, how many of them see each other. */
function Members({ kind, state, leads }: MembersProps) {
  // As text, so that it changes only when what is said does.
  const said = useScene((scene) => JSON.stringify(etcdMembers(scene)));
  const { members, hasQuorum } = JSON.parse(said) as ReturnType<typeof etcdMembers>;
  if (members.length < 2) {
    const role = leads ? messages.leader : '';
    return (
      <div className="card-line">
        <span>{messages.members(1)}</span>
        <span>{state === 'running' ? role : messages.componentStates[state]}</span>
      </div>
    );
  }
  const there = members.filter(({ isThere }) => isThere).length;
  const isWide = kind === 'wide';
  return (
    <>
      <div className="card-line">
        {!hasQuorum && !isWide ? (
          <span className="t-fail">{words.noQuorum}</span>
        ) : (
          <span>{words.membersOf(there, members.length)}</span>
        )}
      </div>
      {isWide && (
        <div className="etcd-members">
          {members.slice(0, 4).map(({ machine, isThere, leads: isLeader }) => (
            <div key={machine} className={isThere ? 'card-line' : 'card-line is-lost'}>
              <span>{machine}</span>
              <span>{isThere ? isLeader && hasQuorum && messages.leader : words.lost}</span>
            </div>
          ))}
        </div>
      )}
    </>
  );
}

/** The size of the database while there is a majority to write to it. */
function Quorum({ otherwise }: { otherwise: string }) {
  const hasQuorum = useScene((scene) => etcdMembers(scene).hasQuorum);
  return hasQuorum ? otherwise : <span className="t-fail">{words.noQuorum}</span>;
}

/** Who leads of several; 'leader' alone where there is one. */
function Leader({ name }: { name: string }) {
  const { leader, count } = useStanding(name);
  if (count < 2) return leader ? messages.leader : null;
  return leader ? words.leads(leader) : <span className="no-leader">{words.noLeader}</span>;
}

/** Who would take over. */
function Standby({ name }: { name: string }) {
  const { standby, count } = useStanding(name);
  if (count < 2 || standby.length === 0) return null;
  return <span className="card-standby">{words.standbys(standby)}</span>;
}

function useStanding(name: string): { leader: string; standby: string[]; count: number } {
  const [leader, count, ...standby] = useScene(
    useShallow((scene) => {
      const found = standing(scene, name);
      return [found.leader, found.count, ...found.standby] as [string, number, ...string[]];
    }),
  );
  return { leader, count, standby };
}

interface SizedProps extends PartProps {
  width: number;
}

/** A card beside the cloud's is narrower than this where the page is. */
const roomyW = 160;
/** Where the scheduler's whole name fits. */
const namedW = 142;
/** Where the controller manager's whole name fits. */
const managerW = 208;
/** From this width who leads stands beside a name. */
const ledW = 190;

/** Nodes and load balancers of the cloud that the cluster stands on. */
function Cloud({ style, down, width }: Omit<SizedProps, 'kind'>) {
  const name = 'cloud-controller-manager';
  const component = useComponent(name);
  const balancers = useReadout((scene) => {
    let count = 0;
    for (const { type } of scene.services.values()) if (type === 'LoadBalancer') count++;
    return count;
  });
  return (
    <ComponentCard
      name={name}
      icon="cloud"
      className={width < roomyW ? 'cloud is-narrow' : 'cloud'}
      style={style}
      state={component?.state ?? 'starting'}
      down={down}
      aside={width >= roomyW && words.loadBalancers(balancers)}
    />
  );
}

function Scheduler({ style, kind, down, width }: SizedProps) {
  const component = useComponent('kube-scheduler');
  const state = component?.state ?? 'starting';
  const wide = kind === 'wide';
  return (
    <ComponentCard
      name="kube-scheduler"
      title={kind === 'phone' || (wide && width < namedW) ? messages.schedulerShort : undefined}
      icon="place"
      className="scheduler"
      style={style}
      state={state}
      down={down}
      aside={wide ? width >= ledW && <Leader name="kube-scheduler" /> : <QueueWords kind={kind} />}
    >
      {wide && (
        <div className="card-line">
          {down ? (
            messages.waitsForServer
          ) : state === 'running' ? (
            <QueueNumbers isShort={width < ledW} />
          ) : (
            messages.componentStates[state]
          )}
          {width >= ledW && <Standby name="kube-scheduler" />}
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

/** Where there is room for two, those that wait and those that fit nowhere. */
function QueueNumbers({ isShort }: { isShort: boolean }) {
  const active = useReadout((scene) => scene.gauges.schedulerActive);
  const backoff = useReadout((scene) => scene.gauges.schedulerBackoff);
  const noFit = useReadout((scene) => scene.gauges.schedulerUnschedulable);
  return (
    <>
      <QueueNumber label={messages.queue} value={active} busy={active > 0} />
      {!isShort && <QueueNumber label={messages.backoff} value={backoff} />}
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

/** Who leads the controllers and, where there is room beside the name, who stands by. */
function Managing({ isRoomy }: { isRoomy: boolean }) {
  const name = 'kube-controller-manager';
  return (
    <>
      <Leader name={name} />
      {isRoomy && (
        <>
          <Standby name={name} />
        </>
      )}
    </>
  );
}

function Controllers({ style, kind, down, width }: SizedProps) {
  const component = useComponent('kube-controller-manager');
  const state = component?.state ?? 'starting';
  const inline = kind === 'embed';
  return (
    <ComponentCard
      name="kube-controller-manager"
      title={kind === 'wide' && width < managerW ? messages.managerShort : undefined}
      icon="loop"
      className="controllers"
      style={style}
      state={state}
      down={down}
      aside={
        inline ? (
          <ControllerChips width={width - 188} rows={1} />
        ) : (
          (kind !== 'wide' || width >= 262) && (
            <Managing isRoomy={kind === 'wide' && width >= 360} />
          )
        )
      }
    >
      {!inline && <ControllerChips width={width - 20} rows={kind === 'phone' ? 1 : 2} />}
    </ComponentCard>
  );
}
