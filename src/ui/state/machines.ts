// The machines of a cluster, read for a share link and made the same again when one is opened.
import type { Machine } from '../../api/machine';
import { readAnswer } from '../../kubectl/apply/exchange';
import type { SharedMachine } from './share-link';
import type { Transport } from './transport';

export const MACHINES_PATH = '/apis/sim.kubarium.dev/v1alpha1/machines';

/** Every machine as it is to be, without what the world found out about it. */
export async function readMachines(transport: Transport): Promise<SharedMachine[]> {
  const response = await transport.request({ method: 'GET', path: MACHINES_PATH });
  const answer = readAnswer<{ items: Machine[] }>(response);
  if (!answer.ok) throw new Error(answer.status.message);
  return answer.object.items.map(({ metadata, spec }) => ({ name: metadata.name, spec }));
}

/** Adds, changes and removes machines until they are those given. Failures are told by name. */
export async function makeMachines(
  transport: Transport,
  wanted: readonly SharedMachine[],
): Promise<string[]> {
  const present = new Map((await readMachines(transport)).map((it) => [it.name, it]));
  const failures: string[] = [];
  for (const machine of wanted) {
    const failure = await ensure(transport, machine, present.has(machine.name));
    if (failure) failures.push(`${machine.name}: ${failure}`);
    present.delete(machine.name);
  }
  for (const name of present.keys()) {
    await transport.request({ method: 'DELETE', path: `${MACHINES_PATH}/${name}` });
  }
  return failures;
}

async function ensure(transport: Transport, { name, spec }: SharedMachine, exists: boolean) {
  const body = JSON.stringify({
    apiVersion: 'sim.kubarium.dev/v1alpha1',
    kind: 'Machine',
    metadata: { name },
    spec,
  });
  const response = await transport.request(
    exists
      ? {
          method: 'PATCH',
          path: `${MACHINES_PATH}/${encodeURIComponent(name)}`,
          headers: { 'content-type': 'application/merge-patch+json' },
          body,
        }
      : {
          method: 'POST',
          path: MACHINES_PATH,
          headers: { 'content-type': 'application/json' },
          body,
        },
  );
  const answer = readAnswer<Machine>(response);
  return answer.ok ? undefined : answer.status.message;
}
