// MutatingAdmissionWebhook and ValidatingAdmissionWebhook: which webhooks a request concerns, and
// what comes of it. A webhook behind a Service is answered by whatever in a ready pod of it answers
// webhooks. Where the real one differs: what runs in pods is foreseen, so most calls fail, and the
// failure policy decides; no answer changes an object.
// Upstream: apiserver/pkg/admission/plugin/webhook/{mutating,validating}/dispatcher.go.
import type { IMutatingWebhook } from 'kubernetes-models/admissionregistration.k8s.io/v1/MutatingWebhook';
import {
  mutatingWebhookConfigurations,
  validatingWebhookConfigurations,
} from '../../../api/extension-refs';
import type { KubeObject } from '../../../api/object';
import { endpointSlices, services } from '../../../api/resource-ref';
import { badRequest, internalError } from '../../../api/status-error';
import type { EndpointSlice, Service } from '../../../api/types';
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
function call(webhook: IMutatingWebhook, object: KubeObject, request: AdmissionRequest): void {
  const { name, sideEffects, failurePolicy } = webhook;
  const hasEffects = sideEffects !== 'None' && sideEffects !== 'NoneOnDryRun';
  if (request.request.options.dryRun && hasEffects) {
    throw badRequest(`admission webhook "${name}" does not support dry run`);
  }
  const answer = answerOf(webhook, request);
  if (answer) {
    const refusal = answer(object);
    if (refusal === undefined) return;
    throw badRequest(`admission webhook "${name}" denied the request: ${refusal}`);
  }
  if (failurePolicy === 'Ignore') return;
  const why = `failed to call webhook: Post "${urlOf(webhook)}": ${failureOf(webhook, request)}`;
  throw internalError(`failed calling webhook "${name}": ${why}`);
}

type Answer = (object: KubeObject) => string | undefined;

/** Of the first ready pod behind the webhook's Service that answers webhooks. */
function answerOf(
  { clientConfig: { service } }: IMutatingWebhook,
  { store, context }: AdmissionRequest,
): Answer | undefined {
  const { webhookAnswerOf } = context.services;
  if (!service || !webhookAnswerOf) return undefined;
  const { name, namespace } = service;
  for (const slice of store.list(endpointSlices.key, namespace) as EndpointSlice[]) {
    if (slice.metadata.labels?.['kubernetes.io/service-name'] !== name) continue;
    for (const { conditions, targetRef } of slice.endpoints ?? []) {
      const answer = conditions?.ready !== false && webhookAnswerOf(targetRef?.uid ?? '');
      if (answer) return answer;
    }
  }
  return undefined;
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
