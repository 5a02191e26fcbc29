// Removes tokens for joining once their time is over.
// Upstream: pkg/controller/bootstrap/tokencleaner.go.
import {
  BOOTSTRAP_TOKEN_NAMESPACE,
  BOOTSTRAP_TOKEN_TYPE,
  bootstrapTokenMs,
} from '../../api/bootstrap-token';
import { secrets } from '../../api/resource-ref';
import type { Secret } from '../../api/types';
import type { Controller } from '../controller';

/** The Secrets that hold tokens. */
export const TOKEN_SECRETS = {
  namespace: BOOTSTRAP_TOKEN_NAMESPACE,
  fieldSelector: `type=${BOOTSTRAP_TOKEN_TYPE}`,
};

export const tokenCleanerController: Controller = {
  name: 'token-cleaner',
  eventSource: 'token-cleaner',
  workers: 1,
  start(context) {
    const { client, sim } = context;
    const changed = ({ metadata }: Secret): void =>
      context.enqueue(`${metadata.namespace}/${metadata.name}`);
    const tokens = context.watch(secrets, { added: changed, updated: changed }, TOKEN_SECRETS);
    return {
      reconcile(key) {
        const token = tokens.get(key);
        if (!token) return undefined;
        const leftMs = bootstrapTokenMs(token, sim.clock.nowMs);
        if (leftMs > 0) return leftMs === Infinity ? undefined : leftMs;
        const { namespace, name, uid } = token.metadata;
        client.delete(secrets, namespace!, name, { preconditions: { uid } });
        return undefined;
      },
    };
  },
};
