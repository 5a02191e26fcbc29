import { memo } from 'react';
import type { Pod } from '../../api/types';
import type { ScenePod } from '../../scene/scene';
import { openObject } from '../canvas/actions-context';
import { podMarks } from '../canvas/pod-marks';
import { PodShape } from '../canvas/PodShape';
import { tileText } from '../canvas/tile-text';
import '../canvas/pod.css';
import { usePage } from '../app/page-context';
import { useScene } from '../state/scene-store';
import type { PlacedGroup, PlacedPod } from './ownership-layout';
import { light, useIsDim } from './ownership-store';
import { words } from './words';

/** The pods of one controller, each as it is drawn on the canvas. */
export const PodGroup = memo(function PodGroup({ group }: { group: PlacedGroup }) {
  const { node, shape, pods, more } = group;
  const dim = useIsDim(node.key);
  return (
    <div
      className={`own-group is-${shape}${dim ? ' is-dim' : ''}`}
      role="group"
      aria-label={words.groupLabel(node.name, node.pods!.length)}
      onPointerEnter={() => light(node.key)}
      onPointerLeave={() => light(null)}
    >
      {pods.map((placed) => (
        <OnePod key={placed.pod.metadata.uid} placed={placed} group={group} />
      ))}
      {more > 0 && <span className="own-more num">{words.morePods(more)}</span>}
    </div>
  );
});

function OnePod({ placed, group }: { placed: PlacedPod; group: PlacedGroup }) {
  const { pod, x, y, w, h } = placed;
  const { actions } = usePage();
  const { namespace = '', name } = pod.metadata;
  const seen = useScene((scene) => scene.pods.get(`${namespace}/${name}`));
  const selected = useScene(
    ({ selection }) =>
      selection?.kind === 'Pod' && selection.name === name && selection.namespace === namespace,
  );
  if (!seen) return null;
  return (
    <button
      type="button"
      className={`pod own-pod nopan${selected ? ' is-selected' : ''}`}
      style={{ left: x - group.x, top: y - group.y, width: w, height: h }}
      title={group.shape === 'cell' ? name : undefined}
      onClick={() => openObject(actions, { kind: 'Pod', namespace, name, text: name })}
      {...podMarks(seen, seen.look)}
    >
      <PodShape
        look={seen.look}
        w={w}
        h={h}
        shape={group.shape}
        hue={seen.owner?.hue ?? 6}
        current={seen.owner?.current ?? true}
        containers={seen.containers}
      />
      {group.shape === 'tile' && <Name pod={pod} seen={seen} w={w} />}
    </button>
  );
}

function Name({ pod, seen, w }: { pod: Pod; seen: ScenePod; w: number }) {
  const text = tileText(seen, w, pod.spec.nodeName ?? '');
  const marks = Math.min(4, seen.containers.length);
  return (
    <>
      <span className="pod-name">
        <b>{text.stem}</b>
        <span>{text.suffix}</span>
      </span>
      <span className="pod-below" style={{ left: 15 + marks * 8.5 }}>
        {text.below}
      </span>
      {seen.restarts > 0 && <span className="pod-restarts">{seen.restarts}</span>}
    </>
  );
}
