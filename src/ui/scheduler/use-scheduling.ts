// The scheduler's queues and last cycles, asked for again and again while somebody looks.
import { useEffect, useState } from 'react';
import type { SchedulerOverview, SchedulingReport } from '../../host/protocol';
import type { Engine } from '../state/engine';
import { useEngine } from '../state/engine-store';

const ASK_MS = 400;

/** Undefined until the first answer, null while no scheduler leads. */
export function useOverview(): SchedulerOverview | null | undefined {
  return useAsked('', (engine) => engine.scheduling());
}

/** The last cycle of a pod ('namespace/name'); null when there was none. */
export function useReport(pod: string, everyMs = ASK_MS): SchedulingReport | null | undefined {
  const ask = (engine: Engine) => {
    const [namespace = '', name = ''] = pod.split('/');
    return engine.why(namespace, name);
  };
  return useAsked(pod, ask, everyMs);
}

/**
 * `ask` may change with `key` only, `everyMs` not at all. An answer that says nothing new renders
 * nothing.
 */
function useAsked<T>(
  key: string,
  ask: (engine: Engine) => Promise<T>,
  everyMs = ASK_MS,
): T | undefined {
  const engine = useEngine((state) => state.engine);
  const [held, setHeld] = useState<{ key: string; text: string; value: T }>();
  useEffect(() => {
    if (!engine) return;
    let isStopped = false;
    const again = () => {
      ask(engine).then(
        (value) => {
          if (isStopped) return;
          const text = JSON.stringify(value);
          setHeld((before) =>
            before?.key === key && before.text === text ? before : { key, text, value },
          );
        },
        () => {},
      );
    };
    again();
    const timer = setInterval(again, everyMs);
    return () => {
      isStopped = true;
      clearInterval(timer);
    };
    // The question is told by its key.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [engine, key]);
  return held?.key === key ? held.value : undefined;
}
