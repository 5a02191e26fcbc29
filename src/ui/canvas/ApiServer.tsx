import { memo, useEffect, useState, type CSSProperties } from 'react';
import type { SceneApiLine, SceneComponent } from '../../scene/scene';
import { useReadout } from '../state/scene-readout';
import { sceneStore, useScene } from '../state/scene-store';
import { openObject, useActions } from './actions-context';
import { componentOf } from './api-state';
import { useTick } from './clock-context';
import { apiStages, isRefusal, shortPath, type ApiStage } from './api-stages';
import type { LayoutKind } from './layout';
import { messages } from './messages';
import { grouped, span } from './quantities';
import { watchStages, type LitStages } from './stage-lights';

export interface ApiServerProps {
  style: CSSProperties;
  kind: LayoutKind;
  width: number;
  state: SceneComponent['state'];
  down: boolean;
}

/**
 * kube-apiserver: the only box with an accent edge; every request lights the stages that it passes.
 */
export const ApiServer = memo(function ApiServer({
  style,
  kind,
  width,
  state,
  down,
}: ApiServerProps) {
  const actions = useActions();
  const name = 'kube-apiserver';
  const open = () => openObject(actions, { kind: 'Component', namespace: '', name, text: name });
  return (
    <div
      className={`api is-${state}${down ? ' is-down' : ''}`}
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
      <div className="api-title">
        <Hexagon down={down} />
        <b className="mono">{name}</b>
      </div>
      <Rates kind={kind} down={down} state={state} />
      {kind === 'wide' && <Stages />}
      {kind !== 'phone' && <ApiLines count={kind === 'wide' ? 3 : 1} width={width} />}
    </div>
  );
});

function Hexagon({ down }: { down: boolean }) {
  return (
    <svg className="api-mark" width="18" height="19" viewBox="0 0 18 19" aria-hidden="true">
      <path className="api-hex" d="M9 .5l8 4.6v9L9 18.5 1 14.1v-9z" />
      <path className="api-plus" d={down ? 'M6 6.5l6 6m0-6l-6 6' : 'M5 9.5h8M9 5.5v8'} />
    </svg>
  );
}

function Rates({ kind, down, state }: Omit<ApiServerProps, 'style' | 'width'>) {
  const requests = useReadout((scene) => Math.round(scene.gauges.requestsPerSecond));
  const watches = useReadout((scene) => scene.gauges.watchCount);
  if (down) return <StoppedSince />;
  if (state === 'starting') return <div className="api-rates">{messages.starting}</div>;
  return (
    <div className="api-rates num">
      {kind === 'phone'
        ? messages.requests(grouped(requests))
        : messages.requestsAndWatches(grouped(requests), grouped(watches))}
    </div>
  );
}

function StoppedSince() {
  const sinceMs = useScene((scene) => {
    const server = componentOf(scene, 'kube-apiserver');
    return server?.state === 'stopped' ? server.sinceMs : undefined;
  });
  const words = useTick((nowMs) =>
    sinceMs === undefined ? messages.stopped : messages.stoppedAgo(span(nowMs - sinceMs)),
  );
  return <div className="api-rates t-fail num">{words}</div>;
}

/** The five stages; see stage-lights.ts for when each is lit. */
function Stages() {
  const [lit, setLit] = useState<LitStages>({ passed: [], now: null, refused: false });
  useEffect(() => watchStages(setLit), []);
  return (
    <div className="api-stages" aria-hidden="true">
      {apiStages.map((stage) => (
        <span key={stage} className={stageClass(stage, lit)}>
          {messages.stages[stage]}
        </span>
      ))}
    </div>
  );
}

function stageClass(stage: ApiStage, lit: LitStages): string {
  if (stage === lit.now) return lit.refused ? 'stage is-refused' : 'stage is-now';
  return lit.passed.includes(stage) ? 'stage is-passed' : 'stage';
}

/** Advance of a letter in a request line, and what stands beside its path. */
const charW = 6.3;
const aroundPath = 100;

/** How long a request line stays at least, so that it can be read, in wall ms. */
const lineMs = 350;

/** The newest requests, newest first. */
function ApiLines({ count, width }: { count: number; width: number }) {
  const lines = useReadableLines();
  return (
    <div className="api-lines">
      {lines.slice(0, count).map(({ id, verb, path, code }, i) => (
        <div key={id} className={i === 0 ? 'api-line is-new' : 'api-line'}>
          <b>{verb.toUpperCase()}</b>
          <span title={path}>{shortPath(path, Math.floor((width - aroundPath) / charW))}</span>
          <i className={isRefusal(verb, code) || code === 0 ? 't-fail' : ''}>
            {code || messages.refused}
          </i>
        </div>
      ))}
    </div>
  );
}

function useReadableLines(): readonly SceneApiLine[] {
  const [lines, setLines] = useState<readonly SceneApiLine[]>(newestLines);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const show = () => {
      timer = undefined;
      setLines((held) => joinLines(newestLines(), held));
    };
    const stop = sceneStore.subscribe((scene, before) => {
      if (scene.apiLines !== before.apiLines) timer ??= setTimeout(show, lineMs);
    });
    return () => {
      stop();
      clearTimeout(timer);
    };
  }, []);
  return lines;
}

/** The newest first, each once. */
function joinLines(
  fresh: readonly SceneApiLine[],
  held: readonly SceneApiLine[],
): readonly SceneApiLine[] {
  const ids = new Set(fresh.map((line) => line.id));
  return [...fresh, ...held.filter((line) => !ids.has(line.id))].slice(0, 3);
}

function newestLines(): readonly SceneApiLine[] {
  return [...sceneStore.getState().apiLines].reverse();
}
