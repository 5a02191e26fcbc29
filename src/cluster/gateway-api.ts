// The Gateway API in a running cluster, as whoever applies its release has it.
import { gatewayApiCrds } from '../resources/gateway-api/gateway-api-crds';
import { assert } from '../sim/assert';
import type { Cluster } from './cluster';

const PATH = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';
const ESTABLISHED_MS = 50;

/** Installs the definitions, which are served a moment later; those that are there stay. */
export function installGatewayApi(cluster: Cluster): void {
  const headers = { 'User-Agent': 'kubectl', 'Content-Type': 'application/json' };
  for (const crd of gatewayApiCrds()) {
    const request = { method: 'POST', path: PATH, headers, body: JSON.stringify(crd) };
    const { status, body } = cluster.handle(request);
    assert(status === 201 || status === 409, `${crd.metadata.name} is accepted: ${body}`);
  }
  cluster.clock.runFor(ESTABLISHED_MS);
}
