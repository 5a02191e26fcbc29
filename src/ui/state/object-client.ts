// Reads and changes of single objects, over any transport.
import type { KubeObject } from '../../api/object';
import { readAnswer } from '../../kubectl/apply/exchange';
import type { Answer } from '../../kubectl/apply/exchange';
import type { Cascade } from '../../kubectl/apply/delete';
import type { Transport } from './transport';

export async function getObject<T extends KubeObject>(
  transport: Transport,
  path: string,
): Promise<Answer<T>> {
  return readAnswer<T>(await transport.request({ method: 'GET', path }));
}

export async function mergePatch(
  transport: Transport,
  path: string,
  patch: object,
): Promise<Answer<KubeObject>> {
  const headers = { 'content-type': 'application/merge-patch+json' };
  const body = JSON.stringify(patch);
  return readAnswer(await transport.request({ method: 'PATCH', path, headers, body }));
}

export async function deleteObject(
  transport: Transport,
  path: string,
  cascade?: Cascade,
): Promise<Answer<KubeObject>> {
  const headers = { 'content-type': 'application/json' };
  const options = { kind: 'DeleteOptions', apiVersion: 'v1', propagationPolicy: cascade };
  const body = JSON.stringify(options);
  return readAnswer(await transport.request({ method: 'DELETE', path, headers, body }));
}
