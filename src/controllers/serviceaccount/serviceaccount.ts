// The serviceaccount controller: every active namespace has a ServiceAccount named 'default'.
// Upstream: pkg/controller/serviceaccount/serviceaccounts_controller.go.
import { namespaces, serviceAccounts } from '../../api/resource-ref';
import { isAlreadyExists } from '../../api/status-error';
import type { Controller } from '../controller';
import { isNamespaceTerminating } from '../pod-control';

const DEFAULT = 'default';

export const serviceAccountController: Controller = {
  name: 'serviceaccount',
  eventSource: 'serviceaccount-controller',
  workers: 1,
  start(context) {
    const known = context.watch(namespaces, {
      added: ({ metadata }) => context.enqueue(metadata.name),
      updated: ({ metadata }) => context.enqueue(metadata.name),
    });
    const accounts = context.watch(serviceAccounts, {
      deleted: ({ metadata }) => {
        if (metadata.name === DEFAULT) context.enqueue(metadata.namespace!);
      },
    });
    return {
      reconcile(name) {
        if (known.get(name)?.status.phase === 'Terminating' || !known.get(name)) return;
        if (accounts.get(name + '/' + DEFAULT)) return;
        try {
          context.client.create(serviceAccounts, { metadata: { name: DEFAULT, namespace: name } });
        } catch (error) {
          if (!isAlreadyExists(error) && !isNamespaceTerminating(error)) throw error;
        }
      },
    };
  },
};
