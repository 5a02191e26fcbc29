import { useEffect, useState } from 'react';
import type { SchedulingReport } from '../../../host/protocol';
import { engineStore } from '../../state/engine-store';

/**
 * How the scheduler chose for a pod; null until it is known. What was known of the pod stays known
 * while a moment is shown at which nothing had been chosen yet.
 */
export function useScheduling(namespace: string, pod: string, wanted: boolean) {
  const [told, setTold] = useState<{ of: string; report: SchedulingReport } | null>(null);
  const of = `${namespace}/${pod}`;
  useEffect(() => {
    if (!wanted || !pod) return;
    let isHere = true;
    const { engine } = engineStore.getState();
    void engine?.why(namespace, pod).then(
      (report) => isHere && report && setTold({ of, report }),
      () => undefined,
    );
    return () => {
      isHere = false;
    };
  }, [namespace, pod, of, wanted]);
  return wanted && told?.of === of ? told.report : null;
}
