// MutatingAdmissionWebhook and ValidatingAdmissionWebhook: which webhooks a request concerns, and
// what comes of a backend that nobody can reach. Where the real one differs: no backend is ever
// reached here, so every call that has to be made fails, and the failure policy decides.
// Upstream: apiserver/pkg/admission/plugin/webhook/{mutating,validating}/dispatcher.go.
import type { IMutatingWebhook } from 'kubernetes-models/admissionregistration.k8s.io/v1/MutatingWebhook';
import {
  mutatingWebhookConfigurations,
  validatingWebhookConfigurations,
} from '../../../api/extension-refs';
import type { KubeObject } from '../../../api/object';
import { services } from '../../../api/resource-ref';
import { badRequest, internalError } from '../../../api/status-error';
import type { Service } from '../../../api/types';
import type { WebhookConfiguration } from '../../../resources/admissionregistration/webhookconfigurations';
import type { AdmissionRequest, AdmissionStep, Operation } from '../chain';
import { isExempt } from './exempt-resources';
import { CompiledPolicy } from './policy-evaluation';
import { matchesRequest } from './request-matching';
import { requestVariables } from './request-variables';

const OPERATIONS: readonly Operation[] = ['CREATE', 'UPDATE', 'DELETE', 'CONNECT'];
const REVIEWS = new Set([
  'tokenreviews.authentication.k8s.io',
  'selfsubjectreviews.authentication.k8s.io',
  'subjectaccessreviews.authorization.k8s.io',
  'localsubjectaccessreviews.authorization.k8s.io',
  'selfsubjectaccessreviews.authorization.k8s.io',
  'selfsubjectrulesreviews.authorization.k8s.io',
]);
const compiled = new WeakMap<IMutatingWebhook, CompiledPolicy>();

export const mutatingAdmissionWebhook: AdmissionStep = {
  name: 'MutatingAdmissionWebhook',
  operations: OPERATIONS,
  resources: '*',
  subresources: '*',
  admit(object: KubeObject, request: AdmissionRequest): KubeObject {
    callAll(mutatingWebhookConfigurations.key, object, request);
    return object;
  },
};

export const validatingAdmissionWebhook: AdmissionStep = {
  name: 'ValidatingAdmissionWebhook',
  operations: OPERATIONS,
  resources: '*',
  subresources: '*',
  validate(object: KubeObject, request: AdmissionRequest): void {
    callAll(validatingWebhookConfigurations.key, object, request);
  },
};

function callAll(table: string, object: KubeObject, request: AdmissionRequest): void {
  if (isExempt(request.ref.key) || REVIEWS.has(request.ref.key)) return;
  for (const { webhooks = [] } of request.store.list(table) as WebhookConfiguration[]) {
    for (const webhook of webhooks) {
      if (isConcerned(webhook, object, request)) call(webhook, object, request);
    }
  }
}

function isConcerned(
  webhook: IMutatingWebhook,
  object: KubeObject,
  request: AdmissionRequest,
): boolean {
  const { rules, namespaceSelector, objectSelector } = webhook;
  if (!rules?.length) return false;
  const match = { resourceRules: rules, namespaceSelector, objectSelector };
  if (!matchesRequest(match, object, request)) return false;
  if (!webhook.matchConditions?.length) return true;
  let conditions = compiled.get(webhook);
  if (!conditions) compiled.set(webhook, (conditions = new CompiledPolicy(webhook)));
  const matched = conditions.matchConditions(requestVariables(object, request));
  if (typeof matched === 'boolean') return matched;
  if (webhook.failurePolicy === 'Ignore') return false;
  throw internalError(`failed calling webhook "${webhook.name}": ${matched}`);
}

/** Throws what the real server answers when the call fails, unless failures are ignored. */
function call(webhook: IMutatingWebhook, _object: KubeObject, request: AdmissionRequest): void {
  const { name, sideEffects, failurePolicy } = webhook;
  const hasEffects = sideEffects !== 'None' && sideEffects !== 'NoneOnDryRun';
  if (request.request.options.dryRun && hasEffects) {
    throw badRequest(`admission webhook "${name}" does not support dry run`);
  }
  if (failurePolicy === 'Ignore') return;
  const why = `failed to call webhook: Post "${urlOf(webhook)}": ${failureOf(webhook, request)}`;
  throw internalError(`failed calling webhook "${name}": ${why}`);
}

function urlOf({ clientConfig, timeoutSeconds = 10 }: IMutatingWebhook): string {
  const { url, service } = clientConfig;
  const timeout = `?timeout=${timeoutSeconds}s`;
  if (url) return url + timeout;
  const { name, namespace, path = '', port = 443 } = service!;
  return `https://${name}.${namespace}.svc:${port}${path}${timeout}`;
}

function failureOf({ clientConfig }: IMutatingWebhook, { store }: AdmissionRequest): string {
  const { url, service } = clientConfig;
  if (url) {
    const host = /^https:\/\/([^:/]+)/.exec(url)?.[1] ?? url;
    return `dial tcp: lookup ${host} on 127.0.0.53:53: no such host`;
  }
  const { name, namespace, port = 443 } = service!;
  const found = store.get(services.key, namespace, name) as Service | undefined;
  if (!found) return `service "${name}" not found`;
  return `dial tcp ${found.spec.clusterIP}:${port}: connect: connection refused`;
}
