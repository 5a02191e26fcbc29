// ServiceAccounts. Upstream: pkg/registry/core/serviceaccount/strategy.go.
import { serviceAccounts } from '../../api/resource-ref';
import type { ServiceAccount } from '../../api/types';
import { ageColumn, column, nameColumn } from '../columns';
import type { ResourceDefinition } from '../definition';

export const serviceAccountDefinition: ResourceDefinition<ServiceAccount> = {
  ref: serviceAccounts,
  singular: 'serviceaccount',
  listKind: 'ServiceAccountList',
  shortNames: ['sa'],
  returnsDeletedObject: true,
  subresources: ['token'],
  subresourceDetails: {
    token: {
      kind: 'TokenRequest',
      group: 'authentication.k8s.io',
      version: 'v1',
      verbs: ['create'],
    },
  },
  columns: [
    nameColumn,
    column(
      'Secrets',
      'string',
      'Secrets is a list of the secrets in the same namespace that pods running using this ' +
        'ServiceAccount are allowed to use. Pods are only limited to this list if this service ' +
        'account has a "kubernetes.io/enforce-mountable-secrets" annotation set to "true". The ' +
        '"kubernetes.io/enforce-mountable-secrets" annotation is deprecated since v1.32. ' +
        'Prefer separate namespaces to isolate access to mounted secrets. This field should ' +
        'not be used to find auto-generated service account token secrets for use outside of ' +
        'pods. Instead, tokens can be requested directly using the TokenRequest API, or ' +
        'service account token secrets can be manually created. More info: ' +
        'https://kubernetes.io/docs/concepts/configuration/secret',
      ({ secrets }) => secrets?.length ?? 0,
    ),
    ageColumn,
  ],
};
