// Signs what anybody may read about the cluster with each token for joining, so that who holds one
// knows that it is the right cluster.
// Upstream: pkg/controller/bootstrap/{bootstrapsigner,util}.go.
import {
  BOOTSTRAP_TOKEN_PREFIX,
  bootstrapTokenData,
  bootstrapTokenMs,
} from '../../api/bootstrap-token';
import { deepEqual } from '../../api/deep-equal';
import { configMaps, secrets } from '../../api/resource-ref';
import type { Secret } from '../../api/types';
import type { Controller } from '../controller';
import { detachedSignature } from './detached-signature';
import { TOKEN_SECRETS } from './token-cleaner';

const NAMESPACE = 'kube-public';
const NAME = 'cluster-info';
const SIGNATURE = 'jws-kubeconfig-';

export const bootstrapSignerController: Controller = {
  name: 'bootstrap-signer',
  eventSource: 'bootstrap-signer',
  workers: 1,
  start(context) {
    const { client, sim } = context;
    const key = `${NAMESPACE}/${NAME}`;
    const changed = (): void => context.enqueue(key);
    const ofInfo = { namespace: NAMESPACE, fieldSelector: `metadata.name=${NAME}` };
    const infos = context.watch(configMaps, { added: changed, updated: changed }, ofInfo);
    const handler = { added: changed, updated: changed, deleted: changed };
    const tokens = context.watch(secrets, handler, TOKEN_SECRETS);
    return {
      reconcile() {
        const info = infos.get(key);
        const text = info?.data?.kubeconfig;
        if (!info || text === undefined) return;
        const signed = Object.entries(info.data!).filter(([name]) => !name.startsWith(SIGNATURE));
        const data = Object.fromEntries(signed);
        for (const token of tokens.items.values()) {
          const id = signingId(token, sim.clock.nowMs);
          const secret = bootstrapTokenData(token, 'token-secret');
          if (id) data[SIGNATURE + id] = detachedSignature(text, id, secret);
        }
        if (!deepEqual(data, info.data)) client.update(configMaps, { ...info, data });
      },
    };
  },
};

/** The id of a token that may sign; undefined when it may not. */
function signingId(token: Secret, nowMs: number): string | undefined {
  const id = bootstrapTokenData(token, 'token-id');
  const isWhole =
    /^[a-z0-9]{6}$/.test(id) &&
    token.metadata.name === BOOTSTRAP_TOKEN_PREFIX + id &&
    bootstrapTokenData(token, 'token-secret') !== '';
  const maySign = bootstrapTokenData(token, 'usage-bootstrap-signing') === 'true';
  return isWhole && maySign && bootstrapTokenMs(token, nowMs) > 0 ? id : undefined;
}
