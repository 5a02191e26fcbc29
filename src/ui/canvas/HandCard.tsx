import { useLayoutEffect, useRef } from 'react';
import { useShallow } from 'zustand/react/shallow';
import type { ScenePod } from '../../scene/scene';
import { podsOnNode } from '../state/crowd';
import { useScene } from '../state/scene-store';
import { handPointer } from './hand';
import { messages } from './messages';
import { PodShape } from './PodShape';
import './hand.css';

const shownPods = 5;

/** The node in the hand, folded to a card. It follows the pointer without React. */
export default function HandCard({ node: name, hot }: { node: string; hot: boolean }) {
  const ref = useRef<HTMLDivElement>(null);
  const node = useScene((scene) => scene.nodes.get(name));
  const pods = useScene(useShallow((scene) => podsOn(scene.pods, name)));
  useLayoutEffect(() => {
    const follow = (x: number, y: number) => {
      const card = ref.current;
      const home = card?.offsetParent?.getBoundingClientRect();
      if (!card || !home) return;
      card.style.transform = `translate(${x - home.x - 92}px, ${y - home.y - 64}px)`;
    };
    handPointer.moved = follow;
    follow(handPointer.x, handPointer.y);
    return () => {
      handPointer.moved = () => {};
    };
  }, []);
  const about = [node?.zone, messages.podsCount(pods.length)].filter(Boolean).join(' · ');
  return (
    <div ref={ref} className="hand" aria-hidden="true">
      <div className={hot ? 'hand-card is-hot' : 'hand-card'}>
        <div className="hand-title">
          <b>{name}</b>
          <span>{about}</span>
        </div>
        <div className="hand-pods">
          {pods.slice(0, shownPods).map((pod) => (
            <span key={pod.uid} className="pod" data-look={pod.look}>
              <PodShape
                look={pod.look}
                w={22}
                h={22}
                shape="cell"
                hue={pod.owner?.hue ?? 6}
                current={pod.owner?.current ?? true}
                containers={pod.containers}
              />
            </span>
          ))}
          {pods.length > shownPods && (
            <span className="hand-more">{messages.more(pods.length - shownPods)}</span>
          )}
        </div>
        <svg className="hand-wave" width="148" height="8" viewBox="0 0 148 8">
          <path d="M0 3q12.3-2.5 24.7 0t24.7 0q12.3-2.5 24.7 0t24.7 0q12.3-2.5 24.7 0t24.5 0" />
        </svg>
      </div>
    </div>
  );
}

function podsOn(pods: ReadonlyMap<string, ScenePod>, node: string): ScenePod[] {
  return podsOnNode(pods, node);
}
