import { namespaces } from '../../api/resource-ref';
import { forbidden, notFound, StatusError } from '../../api/status-error';
import type { Namespace } from '../../api/types';
import { spokenName } from '../metadata';
import type { AdmissionStep } from './chain';

const IMMORTAL = new Set(['default', 'kube-system', 'kube-public']);

/** Nothing is created in a namespace that is absent or ending; the system's namespaces stay. */
export const namespaceLifecycle: AdmissionStep = {
  name: 'NamespaceLifecycle',
  operations: ['CREATE', 'DELETE'],
  resources: '*',
  admit(object, { operation, ref, namespace, name, store }) {
    if (operation === 'DELETE') {
      if (ref.key === namespaces.key && IMMORTAL.has(name)) {
        throw forbidden(
          { group: '', resource: 'namespaces' },
          name,
          'this namespace may not be deleted',
        );
      }
      return object;
    }
    if (!ref.namespaced) return object;
    const home = store.get(namespaces.key, '', namespace) as Namespace | undefined;
    if (!home) throw notFound({ group: '', resource: 'namespaces' }, namespace);
    if (home.metadata.deletionTimestamp)
      throw terminating(ref, spokenName(object.metadata), namespace);
    return object;
  },
};

function terminating(
  ref: { group: string; resource: string },
  name: string,
  namespace: string,
): StatusError {
  const ending = `namespace ${namespace} because it is being terminated`;
  const why = `unable to create new content in ${ending}`;
  const error = forbidden(ref, name, why);
  const cause = {
    reason: 'NamespaceTerminating',
    message: `namespace ${namespace} is being terminated`,
    field: 'metadata.namespace',
  };
  return new StatusError(error.code, error.reason, error.message, {
    ...error.details,
    causes: [cause],
  });
}
