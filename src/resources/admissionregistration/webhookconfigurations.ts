// ValidatingWebhookConfigurations and MutatingWebhookConfigurations, which differ in one field.
// Upstream: pkg/registry/admissionregistration,
// pkg/apis/admissionregistration/{v1/defaults.go,validation/validation.go}.
import type { IMutatingWebhook } from 'kubernetes-models/admissionregistration.k8s.io/v1/MutatingWebhook';
import {
  mutatingWebhookConfigurations,
  validatingWebhookConfigurations,
} from '../../api/extension-refs';
import type {
  MutatingWebhookConfiguration,
  ValidatingWebhookConfiguration,
} from '../../api/extension-types';
import type { FieldErrors } from '../../api/field-errors';
import type { KubeObject } from '../../api/object';
import { ageColumn, column, nameColumn } from '../columns';
import type { ResourceDefinition, TableColumn } from '../definition';
import { validateLabelSelector } from '../label-selector-validation';
import { validateMatchConditions } from './match-condition-validation';
import { FAILURE_POLICIES } from './policy-validation';
import { defaultRule, validateRules, validateWebhookName } from './rule-validation';
import { oneOf } from '../one-of';

/** Both kinds, for what reads them. */
export type WebhookConfiguration = KubeObject & { webhooks?: IMutatingWebhook[] };

const TIMEOUT_SECONDS = 10;
const TIMEOUT_SECONDS_MAX = 30;
const SIDE_EFFECTS = ['None', 'NoneOnDryRun'];
const MATCH_POLICIES = ['Equivalent', 'Exact'];
const REINVOCATIONS = ['IfNeeded', 'Never'];
const REVIEW_VERSIONS = new Set(['v1', 'v1beta1']);

export const validatingWebhooksDefinition: ResourceDefinition<ValidatingWebhookConfiguration> = {
  ref: validatingWebhookConfigurations,
  singular: 'validatingwebhookconfiguration',
  listKind: 'ValidatingWebhookConfigurationList',
  categories: ['api-extensions'],
  hasGeneration: true,
  applyDefaults: (configuration) => withDefaults(configuration as never, false) as never,
  validate: (configuration, errors) => validate(configuration as never, false, errors),
  columns: columns(),
};

export const mutatingWebhooksDefinition: ResourceDefinition<MutatingWebhookConfiguration> = {
  ref: mutatingWebhookConfigurations,
  singular: 'mutatingwebhookconfiguration',
  listKind: 'MutatingWebhookConfigurationList',
  categories: ['api-extensions'],
  hasGeneration: true,
  applyDefaults: (configuration) => withDefaults(configuration as never, true) as never,
  validate: (configuration, errors) => validate(configuration as never, true, errors),
  columns: columns(),
};

function columns<T extends KubeObject>(): TableColumn<T>[] {
  return [
    nameColumn,
    column(
      'Webhooks',
      'integer',
      'Webhooks indicates the number of webhooks registered in this configuration',
      (configuration) => (configuration as WebhookConfiguration).webhooks?.length ?? 0,
    ),
    ageColumn,
  ] as TableColumn<T>[];
}

function withDefaults(
  configuration: WebhookConfiguration,
  isMutating: boolean,
): WebhookConfiguration {
  if (!configuration.webhooks) return configuration;
  const webhooks = configuration.webhooks.map((webhook) => ({
    ...webhook,
    clientConfig: withPort(webhook.clientConfig ?? {}),
    failurePolicy: webhook.failurePolicy ?? 'Fail',
    matchPolicy: webhook.matchPolicy ?? 'Equivalent',
    namespaceSelector: webhook.namespaceSelector ?? {},
    objectSelector: webhook.objectSelector ?? {},
    timeoutSeconds: webhook.timeoutSeconds ?? TIMEOUT_SECONDS,
    ...(webhook.rules && { rules: webhook.rules.map(defaultRule) }),
    ...(isMutating && { reinvocationPolicy: webhook.reinvocationPolicy ?? 'Never' }),
  }));
  return { ...configuration, webhooks } as WebhookConfiguration;
}

function withPort(config: IMutatingWebhook['clientConfig']): IMutatingWebhook['clientConfig'] {
  if (!config.service || config.service.port != null) return config;
  return { ...config, service: { ...config.service, port: 443 } };
}

function validate(
  { webhooks = [] }: WebhookConfiguration,
  isMutating: boolean,
  errors: FieldErrors,
): void {
  const names = new Set<string>();
  webhooks.forEach((webhook, index) => {
    const path = `webhooks[${index}]`;
    validateWebhook(webhook, isMutating, path, errors);
    validateReviewVersions(webhook.admissionReviewVersions ?? [], path, errors);
    if (webhook.name && names.has(webhook.name)) errors.duplicate(`${path}.name`, webhook.name);
    names.add(webhook.name);
  });
}

function validateWebhook(
  webhook: IMutatingWebhook,
  isMutating: boolean,
  path: string,
  errors: FieldErrors,
): void {
  validateWebhookName(webhook.name ?? '', `${path}.name`, errors);
  validateRules(webhook.rules ?? [], `${path}.rules`, errors);
  oneOf(webhook.failurePolicy, FAILURE_POLICIES, `${path}.failurePolicy`, errors);
  oneOf(webhook.matchPolicy, MATCH_POLICIES, `${path}.matchPolicy`, errors);
  if (!webhook.sideEffects) {
    errors.required(`${path}.sideEffects`, `must specify one of ${SIDE_EFFECTS.join(', ')}`);
  } else oneOf(webhook.sideEffects, SIDE_EFFECTS, `${path}.sideEffects`, errors);
  const { timeoutSeconds: seconds = TIMEOUT_SECONDS } = webhook;
  if (seconds < 1 || seconds > TIMEOUT_SECONDS_MAX) {
    const why = `the timeout value must be between 1 and ${TIMEOUT_SECONDS_MAX} seconds`;
    errors.invalid(`${path}.timeoutSeconds`, seconds, why);
  }
  for (const field of ['namespaceSelector', 'objectSelector'] as const) {
    if (webhook[field]) validateLabelSelector(webhook[field] as never, `${path}.${field}`, errors);
  }
  if (isMutating) {
    oneOf(webhook.reinvocationPolicy, REINVOCATIONS, `${path}.reinvocationPolicy`, errors);
  }
  validateClient(webhook.clientConfig, `${path}.clientConfig`, errors);
  validateMatchConditions(webhook.matchConditions ?? [], `${path}.matchConditions`, false, errors);
}

function validateClient(
  { url, service }: IMutatingWebhook['clientConfig'],
  path: string,
  errors: FieldErrors,
): void {
  if ((url == null) === (service == null)) {
    errors.required(path, 'exactly one of url or service is required');
  } else if (url != null) validateUrl(url, `${path}.url`, errors);
  else if (service) {
    if (!service.name) errors.required(`${path}.service.name`, 'service name is required');
    if (!service.namespace) {
      errors.required(`${path}.service.namespace`, 'service namespace is required');
    }
    const { port = 443, path: urlPath } = service;
    if (port < 1 || port > 65535) {
      const why = 'port is not valid: must be between 1 and 65535, inclusive';
      errors.invalid(`${path}.service.port`, port, why);
    }
    if (urlPath != null && urlPath !== '' && !urlPath.startsWith('/')) {
      errors.invalid(`${path}.service.path`, urlPath, "must start with a '/'");
    }
  }
}

function validateUrl(url: string, path: string, errors: FieldErrors): void {
  const form = '; desired format: https://host[/path]';
  const parts = /^([a-z][a-z0-9+.-]*):\/\/([^/?#]*)([^?#]*)(\?[^#]*)?(#.*)?$/i.exec(url);
  if (!parts || parts[1] !== 'https') {
    errors.invalid(path, parts ? parts[1] : '', `'https' is the only allowed URL scheme${form}`);
  }
  if (!parts?.[2]) errors.invalid(path, parts?.[2] ?? '', `host must be specified${form}`);
  if (parts?.[2].includes('@')) {
    errors.invalid(path, parts[2].split('@')[0], 'user information is not permitted in the URL');
  }
  if (parts?.[5]) errors.invalid(path, parts[5].slice(1), 'fragments are not permitted in the URL');
  if (parts?.[4]) {
    errors.invalid(path, parts[4].slice(1), 'query parameters are not permitted in the URL');
  }
}

function validateReviewVersions(
  versions: readonly string[],
  path: string,
  errors: FieldErrors,
): void {
  const at = `${path}.admissionReviewVersions`;
  if (versions.length === 0) {
    errors.required(at, `must specify one of ${[...REVIEW_VERSIONS].join(', ')}`);
    return;
  }
  const seen = new Set<string>();
  versions.forEach((version, index) => {
    if (seen.has(version)) errors.invalid(`${at}[${index}]`, version, 'duplicate version');
    seen.add(version);
  });
  if (versions.some((version) => REVIEW_VERSIONS.has(version))) return;
  errors.invalid(at, versions, `must include at least one of ${[...REVIEW_VERSIONS].join(', ')}`);
}
