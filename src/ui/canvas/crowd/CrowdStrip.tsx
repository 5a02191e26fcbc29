import { memo } from 'react';
import { useShallow } from 'zustand/react/shallow';
import { useReadout } from '../../state/scene-readout';
import { useScene } from '../../state/scene-store';
import { Icon } from '../../theme/Icon';
import { openObject, useActions } from '../actions-context';
import { ControllerChips } from '../ControllerChips';
import { messages } from '../messages';
import { grouped } from '../quantities';
import { words } from './words';

/** The control plane in one line: who runs where, what comes in, who has work. */
export const CrowdStrip = memo(function CrowdStrip({ kind }: { kind: string }) {
  const masters = useScene(
    useShallow((scene) => [...new Set(scene.components.map(({ machine }) => machine))]),
  );
  return (
    <div className="crowd-strip">
      {masters.map((name) => (
        <Master key={name} name={name} />
      ))}
      <Server />
      {kind === 'wide' && (
        <div className="crowd-card crowd-controllers">
          <Icon name="loop" size={14} />
          <ControllerChips width={204} rows={1} />
        </div>
      )}
      <Scheduler />
    </div>
  );
});

function Master({ name }: { name: string }) {
  const actions = useActions();
  const programs = useScene((scene) =>
    scene.components
      .filter(({ machine, state }) => machine === name && state === 'running')
      .map((it) => it.name.replace('kube-', '') + (it.leader ? ` ${messages.leader}` : ''))
      .join(' · '),
  );
  const isWhole = useScene((scene) =>
    scene.components.every(({ machine, state }) => machine !== name || state === 'running'),
  );
  const node = { kind: 'Node', namespace: '', name };
  return (
    <button
      type="button"
      className={isWhole ? 'crowd-card' : 'crowd-card is-bad'}
      data-kind="Node"
      data-namespace=""
      data-name={name}
      title={programs}
      onClick={() => openObject(actions, { ...node, text: name })}
    >
      <Icon name="tank" size={14} />
      <b className="mono">{name}</b>
      <span className="crowd-programs">{programs || messages.stopped}</span>
    </button>
  );
}

function Server() {
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
      <span className="num">{messages.requestsAndWatches(grouped(rate), grouped(watches))}</span>
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
