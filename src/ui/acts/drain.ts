// `kubectl drain`: cordons the node, then evicts its pods through the eviction subresource, so that
// PodDisruptionBudgets are kept; what a budget refuses is tried again every five seconds, and it
// ends when all are gone. Pods of DaemonSets and of manifests stay.
// Upstream: k8s.io/kubectl/pkg/drain.
import { controllerOf } from '../../api/object';
import type { Pod } from '../../api/types';
import { readAnswer } from '../../kubectl/apply/exchange';
import { Refusal, type Sending } from './act';
import { change, nodePath, read } from './requests';
import { words } from './words';

/** It asks one thing after the other. */
type DrainSending = Omit<Sending, 'requestAll'>;

const RETRY_MS = 5_000;
const POLL_MS = 1_000;
const MIRROR = 'kubernetes.io/config.mirror';

/** Drains the node; answers and refuses as kubectl does. */
export async function drain(
  node: string,
  isForced: boolean,
  sending: DrainSending,
): Promise<string> {
  const { request } = sending;
  await change(request, nodePath(node), { spec: { unschedulable: true } });
  const selector = encodeURIComponent(`spec.nodeName=${node}`);
  const list = await read<{ items: Pod[] }>(request, `/api/v1/pods?fieldSelector=${selector}`);
  const leaving = podsToEvict(list.items, isForced);
  let left = leaving.length;
  sending.tell(words.evicting(0, left));
  await Promise.all(
    leaving.map(async (pod) => {
      await evict(pod, sending);
      left--;
      sending.tell(words.evicting(leaving.length - left, leaving.length));
    }),
  );
  if (sending.isStopped()) throw new Refusal(words.drainStopped);
  return `node/${node} drained`;
}

/** Those that a drain makes leave. Throws Refusal when there are some that it may not touch. */
export function podsToEvict(pods: readonly Pod[], isForced: boolean): Pod[] {
  const leaving: Pod[] = [];
  const bare: string[] = [];
  for (const pod of pods) {
    const { annotations, name, namespace } = pod.metadata;
    if (annotations?.[MIRROR] !== undefined) continue;
    const isOver = pod.status.phase === 'Succeeded' || pod.status.phase === 'Failed';
    const owner = controllerOf(pod);
    if (owner?.kind === 'DaemonSet' && !isOver) continue;
    if (!owner && !isOver && !isForced) bare.push(`${namespace}/${name}`);
    leaving.push(pod);
  }
  if (bare.length > 0) {
    throw new Refusal(
      'cannot delete Pods that declare no controller (use --force to override): ' + bare.join(', '),
    );
  }
  return leaving;
}

async function evict(pod: Pod, sending: DrainSending): Promise<void> {
  const { name, namespace, uid } = pod.metadata;
  const path = `/api/v1/namespaces/${namespace}/pods/${name}`;
  const body = JSON.stringify({
    apiVersion: 'policy/v1',
    kind: 'Eviction',
    metadata: { name, namespace },
  });
  for (;;) {
    if (sending.isStopped()) return;
    const answer = readAnswer<unknown>(
      await sending.request({
        method: 'POST',
        path: `${path}/eviction`,
        headers: { 'content-type': 'application/json' },
        body,
      }),
    );
    if (answer.ok) break;
    const { code, message = '' } = answer.status;
    if (code === 404) return;
    if (code !== 429) {
      throw new Refusal(`error when evicting pods/"${name}" -n "${namespace}": ${message}`);
    }
    sending.tell(
      `error when evicting pods/"${name}" -n "${namespace}" (will retry after 5s): ${message}`,
    );
    await sending.wait(RETRY_MS);
  }
  while (!sending.isStopped()) {
    const now = readAnswer<Pod>(await sending.request({ method: 'GET', path }));
    if (now.ok ? now.object.metadata.uid !== uid : now.status.code === 404) return;
    await sending.wait(POLL_MS);
  }
}
