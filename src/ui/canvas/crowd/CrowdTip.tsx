import { useLayoutEffect, useRef } from 'react';
import { useStore } from '@xyflow/react';
import { words as panels } from '../../inspector/group/words';
import { useScene } from '../../state/scene-store';
import { useCanvasUi } from '../canvas-ui';
import type { Box } from '../layout';
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
  if (hot === null || busy || hot.row >= 0) return null;
  if (hot.rack !== undefined) {
    const isThere = hot.rack < layout.racks.length;
    return isThere ? <RackTip layout={layout} figures={figures} rack={hot.rack} /> : null;
  }
  const isThere = hot.place < layout.names.length;
  return isThere ? <Tip layout={layout} figures={figures} place={hot.place} /> : null;
}

/** Stands beside a box of the world, inside the picture. */
function useBeside(box: Box) {
  const transform = useStore((state) => state.transform);
  const ref = useRef<HTMLDivElement>(null);
  const { x: left, y: top, w } = box;
  useLayoutEffect(() => {
    const tip = ref.current;
    const home = tip?.offsetParent;
    if (!tip || !home) return;
    const [x, y, zoom] = transform;
    const beside = (left + w) * zoom + x + 8;
    const fits = beside + tip.offsetWidth < home.clientWidth - 8;
    const tipLeft = fits ? beside : left * zoom + x - tip.offsetWidth - 8;
    const tipTop = Math.min(top * zoom + y, home.clientHeight - tip.offsetHeight - 76);
    tip.style.translate = `${Math.max(8, tipLeft)}px ${Math.max(88, tipTop)}px`;
  }, [left, top, w, transform]);
  return { ref, zoom: transform[2] };
}

function RackTip({ layout, figures, rack }: CrowdTipProps & { rack: number }) {
  const { name, nodes, box } = layout.racks[rack]!;
  const by = useCrowdUi((ui) => ui.heatBy);
  const { ref } = useBeside(box);
  const { heat, silent, troubled } = figures.ofRack(nodes, by);
  let pods = 0;
  for (const place of nodes) pods += figures.pods[place]!;
  return (
    <div ref={ref} className="crowd-tip" role="tooltip">
      <p>
        <b>{panels.rack(name)}</b>
        {silent > 0 && <span className="t-fail">{words.zoneDark(nodes.length, silent)}</span>}
      </p>
      <small>
        {[
          silent > 0 ? '' : words.nodes(nodes.length),
          words.pods(pods),
          words.asked(Math.round(heat * 100), by),
          troubled > 0 ? words.troubled(troubled) : '',
        ]
          .filter(Boolean)
          .join(' · ')}
      </small>
    </div>
  );
}

function Tip({ layout, figures, place }: CrowdTipProps & { place: number }) {
  const name = layout.names[place]!;
  const node = useScene((scene) => scene.nodes.get(name));
  // In whole seconds, as the tank says it.
  const heardMs = useTick((nowMs, lagMs) => (node ? sinceHeartbeat(node, nowMs, lagMs) : 0));
  const { ref, zoom } = useBeside(nodeBox(layout, place));
  if (!node || zoom > 0.5) return null;
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
