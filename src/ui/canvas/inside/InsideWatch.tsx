import { useStoreApi, type Transform } from '@xyflow/react';
import { useEffect, useState } from 'react';
import { pods } from '../../../api/resource-ref';
import type { Event, Pod } from '../../../api/types';
import { collectionPath } from '../../state/object-path';
import { useCollection } from '../../state/use-collection';
import type { Box, CanvasLayout } from '../layout';
import { see, useSeen } from './inside-store';
import { unhealthyOf } from './unhealthy';

export interface InsideWatchProps {
  layout: CanvasLayout;
}

/** Keeps what the insides show as it is: the pods of every node in view, and failed probes. */
export default function InsideWatch({ layout }: InsideWatchProps) {
  const names = useInView(layout);
  useEffect(() => {
    useSeen.setState({ inView: new Set(names) });
    return () => useSeen.setState({ inView: new Set(), view: null });
  }, [names]);
  const events = useCollection<Event>('/api/v1/events', 'reason=Unhealthy');
  useEffect(() => {
    useSeen.setState({ unhealthy: unhealthyOf(events?.values() ?? []) });
  }, [events]);
  return names.map((name) => <NodeWatch key={name} name={name} />);
}

function NodeWatch({ name }: { name: string }): null {
  const items = useCollection<Pod>(collectionPath(pods), `spec.nodeName=${name}`);
  useEffect(() => {
    if (items) see(name, items.values());
  }, [name, items]);
  useEffect(() => () => see(name, undefined), [name]);
  return null;
}

/** How long the picture must stand before anything is asked of the server. */
const restMs = 150;

/** So much of the view's width and height on each side is made ready, too. */
const margin = 0.2;

/** World pixels of the view and its margin. */
function around([x, y, zoom]: Transform, width: number, height: number): Box {
  return {
    x: (-x - width * margin) / zoom,
    y: (-y - height * margin) / zoom,
    w: (width * (1 + 2 * margin)) / zoom,
    h: (height * (1 + 2 * margin)) / zoom,
  };
}

/** Names of the tanks in view, '' for the tray, once the picture stands still. */
function useInView({ tanks, tray }: CanvasLayout): readonly string[] {
  const flow = useStoreApi();
  const [names, setNames] = useState<readonly string[]>([]);
  useEffect(() => {
    const places: [string, Box][] = [...tanks, ...(tray ? [['', tray] as [string, Box]] : [])];
    const look = (): void => {
      const { transform, width, height } = flow.getState();
      const [x, y, zoom] = transform;
      const seen = places.filter(
        ([, box]) =>
          (box.x + box.w) * zoom + x > 0 &&
          box.x * zoom + x < width &&
          (box.y + box.h) * zoom + y > 0 &&
          box.y * zoom + y < height,
      );
      const next = seen.map(([name]) => name);
      useSeen.setState({ view: around(transform, width, height) });
      setNames((held) => (held.join() === next.join() ? held : next));
    };
    let timer = setTimeout(look, 0);
    const stop = flow.subscribe((state, before) => {
      if (state.transform === before.transform) return;
      clearTimeout(timer);
      timer = setTimeout(look, restMs);
    });
    return () => {
      clearTimeout(timer);
      stop();
    };
  }, [flow, tanks, tray]);
  return names;
}
