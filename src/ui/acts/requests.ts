// The requests that acts are made of, with the words of whoever refuses them.
import type { Machine } from '../../api/machine';
import type { KubeObject } from '../../api/object';
import type { Node } from '../../api/types';
import { readAnswer } from '../../kubectl/apply/exchange';
import { MACHINES_PATH } from '../state/machines';
import { Refusal, type Plan, type Request, type RequestAll } from './act';
import { quoted } from './quoted';

/** The object at a path. Throws Refusal. */
export async function read<T>(request: Request, path: string): Promise<T> {
  return await answerOf<T>(request({ method: 'GET', path }));
}

export async function change<T = KubeObject>(
  request: Request,
  path: string,
  patch: object,
): Promise<T> {
  const headers = { 'content-type': 'application/merge-patch+json' };
  return await answerOf<T>(
    request({ method: 'PATCH', path, headers, body: JSON.stringify(patch) }),
  );
}

/** The same patch to many objects, sent together; answers those that were refused. */
export async function changeAll(
  requestAll: RequestAll,
  paths: readonly string[],
  patch: object,
): Promise<Refusal[]> {
  const headers = { 'content-type': 'application/merge-patch+json' };
  const body = JSON.stringify(patch);
  const answers = await requestAll(
    paths.map((path) => ({ method: 'PATCH', path, headers, body }) as const),
  );
  return answers.flatMap((response) => {
    const answer = readAnswer<KubeObject>(response);
    if (answer.ok) return [];
    return [new Refusal(answer.status.message ?? '', answer.status.reason)];
  });
}

export async function create<T = KubeObject>(
  request: Request,
  path: string,
  object: object,
): Promise<T> {
  const headers = { 'content-type': 'application/json' };
  return await answerOf<T>(
    request({ method: 'POST', path, headers, body: JSON.stringify(object) }),
  );
}

export async function remove(request: Request, path: string, options: object = {}): Promise<void> {
  const headers = { 'content-type': 'application/json' };
  const body = JSON.stringify({ kind: 'DeleteOptions', apiVersion: 'v1', ...options });
  await answerOf(request({ method: 'DELETE', path, headers, body }));
}

type Answering = ReturnType<Request>;

async function answerOf<T>(answering: Answering): Promise<T> {
  const answer = readAnswer<T>(await answering);
  if (answer.ok) return answer.object;
  throw new Refusal(answer.status.message ?? '', answer.status.reason);
}

export function machinePath(name: string): string {
  return `${MACHINES_PATH}/${encodeURIComponent(name)}`;
}

export function nodePath(name: string): string {
  return `/api/v1/nodes/${encodeURIComponent(name)}`;
}

export function readMachine(request: Request, name: string): Promise<Machine> {
  return read<Machine>(request, machinePath(name));
}

export function readNode(request: Request, name: string): Promise<Node> {
  return read<Node>(request, nodePath(name));
}

/** Changes the spec of a machine. */
export function machinePlan(name: string, spec: object): Plan {
  const patch = { spec };
  return {
    command: `kubectl patch machine ${name} --type merge -p ${quoted(JSON.stringify(patch))}`,
    run: async ({ request }) => {
      await change(request, machinePath(name), patch);
      return `machine.sim.kubarium.dev/${name} patched`;
    },
  };
}
