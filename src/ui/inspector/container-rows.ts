// The containers of a pod as a table: what each runs, how it is, how often it was started again.
import type { Container, ContainerState, Pod } from '../../api/types';
import { inspectorMessages } from './messages';
import { listed } from '../state/language';

const words = inspectorMessages.containers;

export interface ContainerRow {
  name: string;
  image: string;
  /** 'running', 'ImagePullBackOff', 'Completed', ... */
  state: string;
  tone: 'good' | 'wait' | 'bad' | 'quiet';
  /** The runtime's own words about it; '' when it has none. */
  message: string;
  ready: boolean;
  restarts: number;
  /** '250m CPU, 256Mi' */
  requests: string;
  isInit: boolean;
}

export function containerRows({ spec, status }: Pod): ContainerRow[] {
  const init = (spec.initContainers ?? []).map((container) => {
    return row(container, status.initContainerStatuses, true);
  });
  const main = spec.containers.map((container) => {
    return row(container, status.containerStatuses, false);
  });
  return [...init, ...main];
}

function row(
  container: Container,
  statuses: Pod['status']['containerStatuses'],
  isInit: boolean,
): ContainerRow {
  const status = statuses?.find(({ name }) => name === container.name);
  const { cpu, memory } = container.resources?.requests ?? {};
  const requests = listed(
    [cpu && words.requests(`${cpu}`), memory].filter((part): part is string => Boolean(part)),
  );
  return {
    name: container.name,
    image: container.image ?? '',
    ...stateOf(status?.state),
    message: status?.state?.waiting?.message ?? status?.state?.terminated?.message ?? '',
    ready: status?.ready ?? false,
    restarts: status?.restartCount ?? 0,
    requests,
    isInit,
  };
}

function stateOf(state: ContainerState | undefined): Pick<ContainerRow, 'state' | 'tone'> {
  if (state?.running) return { state: words.running, tone: 'good' };
  if (state?.terminated) {
    const { reason, exitCode } = state.terminated;
    const tone = exitCode === 0 ? 'quiet' : 'bad';
    return { state: words.exit(reason ?? words.terminated, exitCode), tone };
  }
  const reason = state?.waiting?.reason ?? words.waiting;
  const isBad = /Err|BackOff|Invalid|Error/.test(reason);
  return { state: reason, tone: isBad ? 'bad' : 'wait' };
}
