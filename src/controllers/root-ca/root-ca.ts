// The root CA publisher: every active namespace has a ConfigMap 'kube-root-ca.crt', by which pods
// trust the API server.
// Where the real one differs: there is no TLS in the simulation, so the certificate is a fixed
// text.
// Upstream: pkg/controller/certificates/rootcacertpublisher.
import { deepEqual } from '../../api/deep-equal';
import { configMaps, namespaces } from '../../api/resource-ref';
import { isAlreadyExists } from '../../api/status-error';
import type { ConfigMap } from '../../api/types';
import type { Controller, ControllerContext, ControllerLoop } from '../controller';
import { isNamespaceTerminating } from '../pod-control';
import { ROOT_CERTIFICATE } from './root-certificate';

const NAME = 'kube-root-ca.crt';
const DESCRIPTION = 'kubernetes.io/description';
const ANNOTATIONS = Object.freeze({
  [DESCRIPTION]:
    'Contains a CA bundle that can be used to verify the kube-apiserver when using internal ' +
    'endpoints such as the internal service IP or kubernetes.default.svc. No other usage is ' +
    'guaranteed across distributions of Kubernetes clusters.',
});
const PUBLISHER = {
  name: 'root-ca-certificate-publisher',
  eventSource: 'root-ca-certificate-publisher-controller',
  workers: 1,
} as const;

/** Publishes a stand-in, since there is no TLS inside the simulation. */
export const rootCaController = rootCaControllerFor(ROOT_CERTIFICATE);

/** `certificate`: PEM of the authority by which clients may know the API server. */
export function rootCaControllerFor(certificate: string): Controller {
  return { ...PUBLISHER, start: (context) => publish(context, certificate) };
}

function publish(context: ControllerContext, certificate: string): ControllerLoop {
  const data = Object.freeze({ 'ca.crt': certificate });
  const known = context.watch(namespaces, {
    added: ({ metadata }) => context.enqueue(metadata.name),
    updated: ({ metadata }) => context.enqueue(metadata.name),
  });
  const changed = ({ metadata }: { metadata: { name: string; namespace?: string } }): void => {
    if (metadata.name === NAME) context.enqueue(metadata.namespace!);
  };
  const maps = context.watch<ConfigMap>(configMaps, { updated: changed, deleted: changed });
  return {
    reconcile(namespace) {
      const phase = known.get(namespace)?.status.phase;
      if (phase === undefined || phase === 'Terminating') return;
      const found = maps.get(namespace + '/' + NAME);
      if (found) {
        const { annotations } = found.metadata;
        if (deepEqual(found.data, data) && annotations?.[DESCRIPTION]) return;
        const metadata = { ...found.metadata, annotations: { ...annotations, ...ANNOTATIONS } };
        context.client.update(configMaps, { ...found, metadata, data });
        return;
      }
      const metadata = { name: NAME, namespace, annotations: ANNOTATIONS };
      try {
        context.client.create(configMaps, { metadata, data });
      } catch (error) {
        if (!isAlreadyExists(error) && !isNamespaceTerminating(error)) throw error;
      }
    },
  };
}
