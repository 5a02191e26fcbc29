import { isControlPlane } from '../../state/node-groups';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { SceneNode, ScenePod } from '../../../scene/scene';
import { Crowd, crowdOf, followPods } from '../../state/crowd';
import { sceneStore, useScene } from '../../state/scene-store';
import { CrowdFigures } from './crowd-figures';
import { layoutCrowd, type CrowdLayout, type Frame, type PlacedNode } from './crowd-layout';

/** Where the nodes stand; anew only when nodes come, go or change their zone. */
export function useCrowdLayout({ width, height }: Frame, master: string): CrowdLayout {
  const places = useScene((scene) => placesOf(scene.nodes, master));
  return useMemo(() => layoutCrowd(places, { width, height }), [places, width, height]);
}

let lastNodes: ReadonlyMap<string, SceneNode> | undefined;
let lastPlaces: readonly PlacedNode[] = [];

/** The same list as before while nobody came, went or moved. */
function placesOf(nodes: ReadonlyMap<string, SceneNode>, master: string): readonly PlacedNode[] {
  if (nodes === lastNodes) return lastPlaces;
  lastNodes = nodes;
  const shown = [...nodes.values()].filter((node) => node.name !== master && !isControlPlane(node));
  const isSame =
    shown.length === lastPlaces.length &&
    shown.every(({ name, zone, rack = '' }, at) => {
      const held = lastPlaces[at]!;
      return held.name === name && held.zone === zone && held.rack === rack;
    });
  if (!isSame) lastPlaces = shown.map(({ name, zone, rack = '' }) => ({ name, zone, rack }));
  return lastPlaces;
}

export interface LiveCrowd {
  crowd: Crowd;
  figures: CrowdFigures;
}

/**
 * The pods in columns and the figures of nodes, kept up to date; `changed` is called when anything
 * that is drawn is other than before.
 */
export function useLiveCrowd(layout: CrowdLayout, changed: () => void): LiveCrowd {
  const [figures] = useState(() => new CrowdFigures());
  const held = useRef<{ crowd: Crowd; pods: ReadonlyMap<string, ScenePod> }>(undefined);
  held.current ??= begin(sceneStore.getState().pods);
  const live = held.current;
  const told = useRef(changed);
  told.current = changed;
  const [, setCrowd] = useState(live.crowd);
  useEffect(() => {
    const update = (): void => {
      const { nodes, pods } = sceneStore.getState();
      const last = held.current!;
      const crowd = crowdOf(pods);
      if (crowd && crowd !== last.crowd) held.current = { crowd, pods };
      else if (!crowd && pods !== last.pods) {
        // One that was of columns of the store is begun anew.
        if (pods.size === 0 || crowdOf(last.pods)) held.current = begin(pods);
        else {
          followPods(last.crowd, last.pods, pods);
          held.current = { crowd: last.crowd, pods };
        }
      }
      setCrowd(held.current!.crowd);
      if (figures.update(layout, nodes, held.current!.crowd)) told.current();
    };
    update();
    return sceneStore.subscribe(update);
  }, [layout, figures]);
  return { crowd: live.crowd, figures };
}

function begin(pods: ReadonlyMap<string, ScenePod>) {
  const known = crowdOf(pods);
  if (known) return { crowd: known, pods };
  const crowd = new Crowd();
  followPods(crowd, new Map(), pods);
  return { crowd, pods };
}
