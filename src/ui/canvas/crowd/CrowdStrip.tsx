import { memo, useLayoutEffect, useRef, useState } from 'react';
import { useShallow } from 'zustand/react/shallow';
import type { SceneComponent } from '../../../scene/scene';
import { useReadout } from '../../state/scene-readout';
import { useScene } from '../../state/scene-store';
import { Icon } from '../../theme/Icon';
import { openObject, useActions } from '../actions-context';
import { ControllerChips } from '../ControllerChips';
import { messages } from '../messages';
import { grouped } from '../quantities';
import { words } from './words';

/** The control plane in one row: who runs where, what comes in, who has work, who waits. */
export const CrowdStrip = memo(function CrowdStrip({ kind }: { kind: string }) {
  const masters = useScene(
    useShallow((scene) => [...new Set(scene.components.map(({ machine }) => machine))]),
  );
  return (
    <div className="crowd-strip">
      {masters.map((name) => (
        <Master key={name} name={name} isOne={masters.length === 1} />
      ))}
      <Server isShort={kind === 'phone'} />
      {kind === 'phone' ? <span className="sp" /> : <Controllers />}
      <Scheduler />
    </div>
  );
});

/** What its icon takes, and below which width not even one chip fits. */
const iconW = 22;
const chipsMinW = 110;

/** As many chips as there is room for. */
function Controllers() {
  const ref = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(0);
  useLayoutEffect(() => {
    const element = ref.current;
    if (!element) return;
    const measure = () => setWidth(element.clientWidth - 2 * 10 - iconW);
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  const isRoomy = width >= chipsMinW;
  return (
    <div ref={ref} className={isRoomy ? 'crowd-card crowd-controllers' : 'crowd-controllers'}>
      {isRoomy && (
        <>
          <Icon name="loop" size={14} />
          <ControllerChips width={width} rows={1} />
        </>
      )}
    </div>
  );
}

/** What only one of several does at a time is said of that one. */
const led = new Set(['kube-scheduler', 'kube-controller-manager', 'cloud-controller-manager']);

function Master({ name, isOne }: { name: string; isOne: boolean }) {
  const actions = useActions();
  const programs = useScene((scene) =>
    scene.components
      .filter(({ machine, state }) => machine === name && state === 'running')
      .filter((it) => isOne || it.leader || !led.has(it.name))
      .map((it) => it.name.replace('kube-', '') + (etcdLeads(it, isOne) ? leads() : ''))
      .join(' · '),
  );
  const stopped = useScene((scene) =>
    scene.components
      .filter(({ machine, state }) => machine === name && state !== 'running')
      .map((it) => it.name.replace('kube-', ''))
      .join(' · '),
  );
  const node = { kind: 'Node', namespace: '', name };
  const well = isOne ? messages.controlPlane : programs;
  return (
    <button
      type="button"
      className={stopped ? 'crowd-card is-bad' : 'crowd-card'}
      data-kind="Node"
      data-namespace=""
      data-name={name}
      title={programs}
      onClick={() => openObject(actions, { ...node, text: name })}
    >
      <b className="mono">
        <Icon name="tank" size={14} />
        {name}
      </b>
      <span className="crowd-programs">{stopped ? `${stopped} ${messages.stopped}` : well}</span>
    </button>
  );
}

function etcdLeads({ name, leader }: SceneComponent, isOne: boolean): boolean {
  return name === 'etcd' && leader && !isOne;
}

function leads(): string {
  return ` ${messages.leader}`;
}

function Server({ isShort }: { isShort: boolean }) {
  const actions = useActions();
  const [rate, watches] = useReadout(
    useShallow(({ gauges }) => [gauges.requestsPerSecond, gauges.watchCount] as const),
  );
  return (
    <button
      type="button"
      className="crowd-card is-server"
      data-kind="Component"
      data-namespace=""
      data-name="kube-apiserver"
      onClick={() =>
        openObject(actions, {
          kind: 'Component',
          namespace: '',
          name: 'kube-apiserver',
          text: 'kube-apiserver',
        })
      }
    >
      <b className="mono">kube-apiserver</b>
      <span className="num">
        {isShort
          ? messages.requests(grouped(rate))
          : messages.requestsAndWatches(grouped(rate), grouped(watches))}
      </span>
    </button>
  );
}

function Scheduler() {
  const [active, backoff, stuck] = useReadout(
    useShallow(
      ({ gauges }) =>
        [gauges.schedulerActive, gauges.schedulerBackoff, gauges.schedulerUnschedulable] as const,
    ),
  );
  const waiting = active + backoff + stuck;
  return (
    <span className={waiting > 0 ? 'crowd-card is-waiting' : 'crowd-card'} data-kind="Tray">
      <b>{messages.unscheduled}</b>
      <span className="num">{words.waiting(active, backoff, stuck)}</span>
    </span>
  );
}
