// Development only: the canvas on an invented cluster, for looking at it and for measuring frames.
// ?scene=main|idle|rollout  ?nodes=10&pods=300  ?view=desk|embed|phone  ?theme=dark  ?speed=20  ?still=1
import { createRoot } from 'react-dom/client';
import type { ClockState } from '../../../host/protocol';
import '../../theme/tokens.css';
import { sceneStore } from '../../state/scene-store';
import { ClusterCanvas } from '../ClusterCanvas';
import { FakeCluster } from './fake-cluster';
import { LiveEngine } from './live-engine';

const query = new URLSearchParams(location.search);
const theme = query.get('theme');
if (theme) document.documentElement.dataset['theme'] = theme;

const speed = Number(query.get('speed') ?? 1);
const startMs = Date.parse('2026-11-21T00:00:00Z');
const bornMs = performance.now();
let paused = query.has('still');
const clock = (): ClockState => ({
  nowMs: startMs + 277_250 + (paused ? 0 : (performance.now() - bornMs) * speed),
  startMs,
  speed,
  paused,
  actualSpeed: speed,
});

const live = query.has('engine')
  ? new LiveEngine(Number(query.get('nodes') ?? 4), speed)
  : undefined;
const cluster = new FakeCluster({
  scene: query.get('scene') ?? 'main',
  nodes: Number(query.get('nodes') ?? 4),
  pods: Number(query.get('pods') ?? 0),
  nowMs: () => clock().nowMs,
});
if (!live) sceneStore.getState().applyDelta(cluster.first());
const timer = setInterval(() => {
  if (!paused && !live) sceneStore.getState().applyDelta(cluster.tick());
}, 50);
Object.assign(window, { live, sceneStore, cluster, pause: () => (paused = true), timer });

const log =
  (name: string) =>
  (...args: unknown[]) =>
    console.info(name, ...args);
const actions = {
  inspect: log('inspect'),
  powerOff: (machine: string) => cluster.power(machine, 'Off'),
  powerOn: (machine: string) => cluster.power(machine, 'On'),
  cutCable: (machine: string) => cluster.cable(machine, 'Cut'),
  plugCable: (machine: string) => cluster.cable(machine, 'Connected'),
  deletePod: log('deletePod'),
  cordon: log('cordon'),
};

const view = query.get('view') ?? 'desk';
const frames: Record<string, { width: string; height: string; top: number }> = {
  desk: { width: 'calc(100vw - 548px)', height: 'calc(100vh - 272px)', top: 48 },
  embed: { width: '100vw', height: 'calc(100vh - 88px)', top: 40 },
  phone: { width: '100vw', height: 'calc(100vh - 108px)', top: 48 },
  full: { width: '100vw', height: '100vh', top: 0 },
};
const frame = frames[view] ?? frames['desk']!;
createRoot(document.getElementById('root')!).render(
  <div style={{ position: 'absolute', ...frame }}>
    <ClusterCanvas
      actions={actions}
      compact={view === 'embed' || view === 'phone'}
      clock={live ? () => ({ ...live.clock }) : clock}
    />
  </div>,
);
