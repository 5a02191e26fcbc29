// Namespaces. The finalizer 'kubernetes' in the spec keeps a namespace until the namespace
// controller has emptied it. Upstream: pkg/registry/core/namespace/strategy.go.
import { namespaces } from '../../api/resource-ref';
import type { Namespace } from '../../api/types';
import { ageColumn, column, nameColumn } from '../columns';
import type { ResourceDefinition } from '../definition';

const NAME_LABEL = 'kubernetes.io/metadata.name';

export const namespaceDefinition: ResourceDefinition<Namespace> = {
  ref: namespaces,
  singular: 'namespace',
  listKind: 'NamespaceList',
  shortNames: ['ns'],
  verbs: ['create', 'delete', 'get', 'list', 'patch', 'update', 'watch'],
  subresources: ['finalize', 'status'],
  subresourceDetails: { finalize: { verbs: ['update'] } },
  selectableFields: { 'status.phase': ({ status }) => status.phase ?? '' },
  nameFormat: 'dns-label',
  applyDefaults: withNameLabel,
  prepareForCreate(namespace) {
    namespace.status = { phase: 'Active' };
    namespace.spec = { finalizers: withKubernetes(namespace.spec?.finalizers ?? []) };
    return namespace;
  },
  prepareForUpdate(namespace, old) {
    namespace.spec = old.spec;
    return namespace;
  },
  validateStatusUpdate(namespace, _old, errors) {
    const { phase } = namespace.status;
    if (namespace.metadata.deletionTimestamp) {
      if (phase !== 'Terminating') {
        const why = "may only be 'Terminating' if `deletionTimestamp` is not empty";
        errors.invalid('status.Phase', phase ?? '', why);
      }
    } else if (phase !== 'Active') {
      const why = "may only be 'Active' if `deletionTimestamp` is empty";
      errors.invalid('status.Phase', phase ?? '', why);
    }
  },
  columns: [
    nameColumn,
    column('Status', 'string', 'The status of the namespace', ({ status }) => status.phase ?? ''),
    ageColumn,
  ],
};

function withNameLabel(namespace: Namespace): Namespace {
  const { metadata } = namespace;
  if (!metadata.name || metadata.labels?.[NAME_LABEL] === metadata.name) return namespace;
  metadata.labels = { ...metadata.labels, [NAME_LABEL]: metadata.name };
  return namespace;
}

function withKubernetes(finalizers: string[]): string[] {
  return finalizers.includes('kubernetes') ? finalizers : [...finalizers, 'kubernetes'];
}
