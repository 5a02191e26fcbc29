import { useLayoutEffect, useRef } from 'react';
import { useStore } from '@xyflow/react';
import { useScene } from '../../state/scene-store';
import { useCanvasUi } from '../canvas-ui';
import { messages } from '../messages';
import { nodeState, sinceHeartbeat } from '../node-state';
import { cpuShare, memoryShare, ratio } from '../quantities';
import { useTick } from '../clock-context';
import type { CrowdFigures } from './crowd-figures';
import { nodeBox, type CrowdLayout } from './crowd-layout';
import { useCrowdUi } from './crowd-ui';
import { words } from './words';

interface CrowdTipProps {
  layout: CrowdLayout;
  figures: CrowdFigures;
}

/** What a block has no room to say of its node. */
export function CrowdTip({ layout, figures }: CrowdTipProps) {
  const hot = useCrowdUi((ui) => ui.hot);
  const busy = useCanvasUi((ui) => ui.menu !== null || ui.form !== null || ui.hand !== null);
  const isShown = hot !== null && hot.row < 0 && !busy && hot.place < layout.names.length;
  return isShown ? <Tip layout={layout} figures={figures} place={hot.place} /> : null;
}

function Tip({ layout, figures, place }: CrowdTipProps & { place: number }) {
  const name = layout.names[place]!;
  const node = useScene((scene) => scene.nodes.get(name));
  // In whole seconds, as the tank says it.
  const heardMs = useTick((nowMs, lagMs) => (node ? sinceHeartbeat(node, nowMs, lagMs) : 0));
  const transform = useStore((state) => state.transform);
  const ref = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const tip = ref.current;
    const home = tip?.offsetParent;
    if (!tip || !home) return;
    const [x, y, zoom] = transform;
    const box = nodeBox(layout, place);
    const beside = (box.x + box.w) * zoom + x + 8;
    const fits = beside + tip.offsetWidth < home.clientWidth - 8;
    const left = fits ? beside : box.x * zoom + x - tip.offsetWidth - 8;
    const top = Math.min(box.y * zoom + y, home.clientHeight - tip.offsetHeight - 76);
    tip.style.translate = `${Math.max(8, left)}px ${Math.max(88, top)}px`;
  }, [layout, place, transform]);
  if (!node || transform[2] > 0.5) return null;
  const state = nodeState(node, node.heartbeatMs + heardMs);
  const troubled = figures.troubled[place]!;
  return (
    <div ref={ref} className="crowd-tip" role="tooltip">
      <p>
        <b className="mono">{name}</b>
        <span className={`t-${state.tone}`}>{state.label}</span>
      </p>
      <TipBar label={messages.cpu} share={ratio(node.cpu)} text={cpuShare(node.cpu)} />
      <TipBar label={messages.memory} share={ratio(node.memory)} text={memoryShare(node.memory)} />
      <small>
        {[
          words.pods(figures.pods[place]!),
          troubled > 0 ? words.troubled(troubled) : '',
          node.zone,
          node.rack ? words.rack(node.rack) : '',
        ]
          .filter(Boolean)
          .join(' · ')}
      </small>
    </div>
  );
}

function TipBar({ label, share, text }: { label: string; share: number; text: string }) {
  return (
    <div className={share > 0.9 ? 'tank-bar is-hot' : 'tank-bar'}>
      <span>{label}</span>
      <i>
        <u style={{ transform: `scaleX(${share})` }} />
      </i>
      <span className="tank-bar-text">{text}</span>
    </div>
  );
}
