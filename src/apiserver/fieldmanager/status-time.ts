// When a status was written last, as far as it tells itself.
import type { KubeObject } from '../../api/object';

interface Condition {
  lastHeartbeatTime?: string | null;
  lastUpdateTime?: string | null;
  lastTransitionTime?: string | null;
}

interface State {
  running?: { startedAt?: string | null };
  terminated?: { finishedAt?: string | null };
}

interface Status {
  startTime?: string;
  conditions?: readonly Condition[] | null;
  containerStatuses?: readonly { state?: State }[];
}

/** The newest time in the status; when the object was made, if there is none. */
export function newestTime(object: KubeObject): string {
  const { status = {} } = object as { status?: Status };
  const times = [object.metadata.creationTimestamp, status.startTime];
  for (const condition of status.conditions ?? []) {
    const { lastHeartbeatTime, lastUpdateTime, lastTransitionTime } = condition;
    times.push(lastHeartbeatTime ?? lastUpdateTime ?? lastTransitionTime ?? undefined);
  }
  for (const { state } of status.containerStatuses ?? []) {
    times.push(state?.terminated?.finishedAt ?? state?.running?.startedAt ?? undefined);
  }
  return times.reduce<string>((newest, time) => (time && time > newest ? time : newest), '');
}
