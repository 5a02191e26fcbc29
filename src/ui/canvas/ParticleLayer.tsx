import { useStoreApi } from '@xyflow/react';
import { useEffect, useRef } from 'react';
import type { SceneMessage } from '../../scene/scene';
import { sceneStore } from '../state/scene-store';
import { canvasUi } from './canvas-ui';
import { useVirtualNow } from './clock-context';
import { flights } from './flights';
import { isFlowSpeed, ParticleField } from './particle-field';
import { ParticlePainter } from './particle-painter';
import type { Routes } from './routes';
import { requestArrived } from './stage-lights';

/**
 * The one overlay on which messages and cells move: a canvas, one animation frame at a time, none
 * while all is still.
 */
export function ParticleLayer({ routes }: { routes: Routes }) {
  const ref = useRef<HTMLCanvasElement>(null);
  const clock = useVirtualNow();
  const flow = useStoreApi();
  const latestRoutes = useRef(routes);
  latestRoutes.current = routes;

  useEffect(() => {
    const canvas = ref.current;
    if (!canvas) return;
    const field = new ParticleField(arrived);
    const painter = new ParticlePainter(canvas);
    const motion = matchMedia('(prefers-reduced-motion: reduce)');
    let frame = 0;
    let lastNow = clock.at(performance.now());

    const merged = () => motion.matches || isFlowSpeed(clock.speed());
    const moveOn = () => {
      const now = clock.at(performance.now());
      field.advance(Math.max(0, now - lastNow) / clock.speed());
      lastNow = now;
    };
    const draw = () => {
      frame = 0;
      const wall = performance.now();
      moveOn();
      flights.settle(wall);
      painter.paint(field, {
        routes: latestRoutes.current,
        transform: flow.getState().transform,
        merged: merged(),
        still: motion.matches,
        flights,
        wallMs: wall,
        tagged: taggedMessage,
      });
      // While paused nothing moves by itself; a step or a resume wakes the loop again.
      if (flights.aloft.size > 0 || (!field.idle(merged()) && !clock.paused())) wake();
    };
    const wake = () => {
      if (frame === 0 && !document.hidden) frame = requestAnimationFrame(draw);
    };
    flights.woken = wake;
    const stopScene = sceneStore.subscribe((scene, before) => {
      if (!scene.live) field.clear();
      if (scene.messages !== before.messages) {
        // While nothing moved no frame was drawn: rates have thinned since then.
        if (field.idle(merged())) moveOn();
        field.add(scene.messages, clock.speed(), motion.matches);
      }
      if (!field.idle(merged())) wake();
    });
    const stopFlow = flow.subscribe((state, before) => {
      if (state.transform !== before.transform && !field.idle(merged())) wake();
    });
    const poll = setInterval(() => {
      if (!field.idle(merged()) && !clock.paused()) wake();
    }, 250);
    return () => {
      stopScene();
      stopFlow();
      clearInterval(poll);
      cancelAnimationFrame(frame);
      painter.dispose();
    };
  }, [clock, flow]);

  return <canvas ref={ref} className="particles" aria-hidden="true" />;
}

function arrived(message: SceneMessage): void {
  if (message.to === 'kube-apiserver' && message.look === 'request') {
    requestArrived(message.verb, message.code);
  }
}

/** What is written beside a message: only the one that the narration speaks of has a tag. */
function taggedMessage(message: SceneMessage): string {
  const about = canvasUi.getState().story?.about;
  if (!about || message.name !== about.name || message.namespace !== about.namespace) return '';
  const ends = message.look === 'answer' || message.look === 'failure';
  return ends && message.code > 0 ? String(message.code) : '';
}
