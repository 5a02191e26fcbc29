import { useStoreApi } from '@xyflow/react';
import { useEffect, useRef } from 'react';
import { zoneGroup } from '../../state/node-groups';
import { useReadout } from '../../state/scene-readout';
import { openObject, useActions } from '../actions-context';
import type { CrowdFigures } from './crowd-figures';
import { zoneHead, type CrowdLayout, type CrowdZone } from './crowd-layout';
import { useCrowdUi } from './crowd-ui';
import { words } from './words';

interface CrowdHeadsProps {
  layout: CrowdLayout;
  figures: CrowdFigures;
}

interface CrowdHeadsPlaced extends CrowdHeadsProps {
  /** Lower edge of the bars above the picture: no head is drawn over them. */
  top: number;
}

/** Names of the zones and what they hold, above each; they keep their size whatever the zoom. */
export function CrowdHeads({ layout, figures, top: least }: CrowdHeadsPlaced) {
  const ref = useRef<HTMLDivElement>(null);
  const flow = useStoreApi();
  useEffect(() => {
    const place = (): void => {
      const [x, y, zoom] = flow.getState().transform;
      const heads = ref.current?.children ?? [];
      layout.zones.forEach(({ box }, at) => {
        const head = heads[at] as HTMLElement | undefined;
        if (!head) return;
        const left = Math.max(14, box.x * zoom + x);
        const right = (box.x + box.w) * zoom + x;
        const top = box.y * zoom + y - zoneHead;
        head.style.visibility = right - left < 60 || top < least - 1 ? 'hidden' : 'visible';
        head.style.translate = `${left}px ${top}px`;
        head.style.width = `${Math.max(0, right - left)}px`;
      });
    };
    place();
    return flow.subscribe((now, before) => now.transform !== before.transform && place());
  }, [flow, layout, least]);
  return (
    <div ref={ref} className="crowd-heads" aria-hidden="true">
      {layout.zones.map((zone) => (
        <Head key={zone.name} layout={layout} zone={zone} figures={figures} />
      ))}
    </div>
  );
}

function Head({ layout, zone, figures }: CrowdHeadsProps & { zone: CrowdZone }) {
  const actions = useActions();
  const by = useCrowdUi((ui) => ui.heatBy);
  const text = useReadout(() => {
    const { nodes, silent, pods, heat } = ofZone(layout, zone, figures, by);
    return `${nodes}|${silent}|${pods}|${Math.round(heat * 100)}`;
  });
  const [nodes, silent, pods, heat] = text.split('|').map(Number) as [
    number,
    number,
    number,
    number,
  ];
  return (
    <div
      className="crowd-head"
      {...(zone.name !== '' && {
        'data-kind': 'Zone',
        'data-namespace': '',
        'data-name': zone.name,
        onClick: () => openObject(actions, { ...zoneGroup(zone.name), text: zone.name }),
      })}
    >
      <b>{zone.name || words.noZone}</b>
      {silent > 0 ? (
        <span className="t-fail">{words.zoneDark(nodes, silent)}</span>
      ) : (
        <span>
          {words.nodes(nodes)}
          <span className="crowd-head-pods"> · {words.pods(pods)}</span>
          <span className="crowd-head-asked">{` · ${words.asked(heat, by)}`}</span>
        </span>
      )}
    </div>
  );
}

/** Sums over the zone's nodes. */
export function ofZone(
  layout: CrowdLayout,
  zone: CrowdZone,
  figures: CrowdFigures,
  by: 'cpu' | 'memory',
): { nodes: number; silent: number; pods: number; heat: number } {
  let nodes = 0;
  let silent = 0;
  let pods = 0;
  let heat = 0;
  for (const rack of zone.racks) {
    for (const place of layout.racks[rack]!.nodes) {
      nodes++;
      silent += figures.silent[place] ?? 0;
      pods += figures.pods[place] ?? 0;
      heat += figures.cpu.length > place ? figures.heatOf(place, by) : 0;
    }
  }
  return { nodes, silent, pods, heat: heat / Math.max(1, nodes) };
}
