import { useLayoutEffect, useRef } from 'react';
import { useScene } from '../state/scene-store';
import { messages } from './messages';
import { isSilent } from './node-state';
import { staleLook } from './silhouette';

/** The whole name and state of a pod, beside its drawing. */
export default function PodTipCard({ podKey }: { podKey: string }) {
  const pod = useScene((scene) => scene.pods.get(podKey));
  const silent = useScene((scene) => {
    const node = scene.nodes.get(pod?.node ?? '');
    return node !== undefined && isSilent(node);
  });
  const ref = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const tip = ref.current;
    const home = tip?.offsetParent;
    const tile = home?.querySelector(`.pod[data-key="${CSS.escape(podKey)}"]`);
    if (!tip || !home || !tile) return;
    const a = tile.getBoundingClientRect();
    const b = home.getBoundingClientRect();
    const left = Math.min(a.left - b.left, home.clientWidth - tip.offsetWidth - 8);
    const below = a.bottom - b.top + 6;
    const fits = below + tip.offsetHeight < home.clientHeight - 8;
    tip.style.left = `${Math.max(8, left)}px`;
    tip.style.top = `${fits ? below : a.top - b.top - tip.offsetHeight - 6}px`;
  }, [podKey]);
  if (!pod) return null;
  const about = [
    (silent ? undefined : pod.reason) ?? messages.looks[silent ? staleLook(pod.look) : pod.look],
    messages.readyOf(pod.ready, pod.total),
    pod.node,
    pod.owner ? `${pod.owner.kind} ${pod.owner.name}` : '',
  ];
  return (
    <div ref={ref} className="tip" role="tooltip">
      <b>{pod.name}</b>
      {about.filter(Boolean).join(' · ')}
    </div>
  );
}
