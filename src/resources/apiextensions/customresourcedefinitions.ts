// CustomResourceDefinitions. Their names are accepted and their resources served by programs of the
// API server (`apiserver/customresources`).
// Upstream: apiextensions-apiserver/pkg/registry/customresourcedefinition/strategy.go.
import { deepEqual } from '../../api/deep-equal';
import { customResourceDefinitions } from '../../api/extension-refs';
import type { CustomResourceDefinition } from '../../api/extension-types';
import type { ResourceDefinition } from '../definition';
import {
  validateApproval,
  validateCustomResourceDefinition,
  validateCustomResourceDefinitionUpdate,
} from './customresourcedefinition-validation';
import { validateNames } from './names-validation';

type Crd = CustomResourceDefinition;

/** Held until the last of its resources has gone. */
export const CLEANUP_FINALIZER = 'customresourcecleanup.apiextensions.k8s.io';

export const customResourceDefinitionDefinition: ResourceDefinition<Crd> = {
  ref: customResourceDefinitions,
  singular: 'customresourcedefinition',
  listKind: 'CustomResourceDefinitionList',
  shortNames: ['crd', 'crds'],
  categories: ['api-extensions'],
  subresources: ['status'],
  hasGeneration: true,
  returnsDeletedObject: true,
  storageVersionHash: 'jfWCUB31mvA=',
  deletionFinalizer: CLEANUP_FINALIZER,
  applyDefaults,
  prepareForCreate(crd) {
    crd.status = emptyStatus(crd);
    return crd;
  },
  prepareForUpdate(crd, old) {
    const names = (crd.spec.versions ?? [])
      .filter(({ storage }) => storage)
      .map(({ name }) => name);
    const stored = crd.status?.storedVersions ?? [];
    const added = names.filter((name) => !stored.includes(name));
    if (added.length > 0 && crd.status) {
      crd.status = { ...crd.status, storedVersions: [...stored, ...added] };
    }
    if (deepEqual(crd.spec, old.spec)) return crd;
    crd.metadata.generation = (old.metadata.generation ?? 0) + 1;
    return crd;
  },
  prepareForStatusUpdate(crd, old) {
    const { labels, annotations } = old.metadata;
    if (labels) crd.metadata.labels = labels;
    else delete crd.metadata.labels;
    if (annotations) crd.metadata.annotations = annotations;
    else delete crd.metadata.annotations;
    return crd;
  },
  validate: validateCustomResourceDefinition,
  validateCreate: (crd, errors) => validateApproval(crd, errors),
  validateUpdate: validateCustomResourceDefinitionUpdate,
  validateStatusUpdate(crd, _old, errors) {
    validateNames(crd.status?.acceptedNames ?? {}, 'status.acceptedNames', errors);
  },
};

function applyDefaults(crd: Crd): Crd {
  crd.spec ??= {} as Crd['spec'];
  const { spec } = crd;
  const names = { ...spec.names };
  if (!names.singular && names.kind) names.singular = names.kind.toLowerCase();
  if (!names.listKind && names.kind) names.listKind = `${names.kind}List`;
  spec.names = names;
  const conversion = spec.conversion ?? { strategy: 'None' };
  const service = conversion.webhook?.clientConfig?.service;
  spec.conversion =
    service && service.port === undefined
      ? withPort(conversion, { ...service, port: 443 })
      : conversion;
  return crd;
}

type Conversion = NonNullable<Crd['spec']['conversion']>;
type Service = NonNullable<
  NonNullable<NonNullable<Conversion['webhook']>['clientConfig']>['service']
>;

function withPort(conversion: Conversion, service: Service): Conversion {
  const webhook = conversion.webhook!;
  return {
    ...conversion,
    webhook: { ...webhook, clientConfig: { ...webhook.clientConfig, service } },
  };
}

/** A new one's status: nothing accepted, the storage version already counted. */
function emptyStatus({ spec }: Crd): Crd['status'] {
  const storedVersions = (spec.versions ?? [])
    .filter(({ storage }) => storage)
    .map(({ name }) => name);
  return {
    conditions: null,
    acceptedNames: { plural: '', kind: '' },
    storedVersions: storedVersions.length > 0 ? storedVersions : null,
  } as unknown as Crd['status'];
}
