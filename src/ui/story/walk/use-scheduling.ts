import { useEffect, useState } from 'react';
import type { SchedulingReport } from '../../../host/protocol';
import { engineStore } from '../../state/engine-store';

/** How the scheduler chose for a pod; null until it is known. */
export function useScheduling(namespace: string, pod: string, wanted: boolean) {
  const [report, setReport] = useState<SchedulingReport | null>(null);
  useEffect(() => {
    if (!wanted || !pod) return;
    let isHere = true;
    const { engine } = engineStore.getState();
    void engine?.why(namespace, pod).then(
      (answer) => isHere && setReport(answer),
      () => undefined,
    );
    return () => {
      isHere = false;
    };
  }, [namespace, pod, wanted]);
  return report;
}
