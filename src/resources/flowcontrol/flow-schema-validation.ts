// What a FlowSchema must be. Upstream: pkg/apis/flowcontrol/validation/validation.go.
import type { ISubject } from 'kubernetes-models/flowcontrol.apiserver.k8s.io/v1/Subject';
import type { INonResourcePolicyRule } from 'kubernetes-models/flowcontrol.apiserver.k8s.io/v1/NonResourcePolicyRule';
import type { IResourcePolicyRule } from 'kubernetes-models/flowcontrol.apiserver.k8s.io/v1/ResourcePolicyRule';
import type { FlowSchema } from '../../api/extension-types';
import type { FieldErrors } from '../../api/field-errors';
import { dnsLabel, dnsSubdomain } from '../../api/names';
import { aloneIfAll } from '../alone-if-all';

const METHODS = ['ByNamespace', 'ByUser'];
const KINDS = ['Group', 'ServiceAccount', 'User'];
const VERBS = [
  'create',
  'delete',
  'deletecollection',
  'get',
  'list',
  'patch',
  'proxy',
  'update',
  'watch',
];
const PRECEDENCE_MAX = 10_000;

export function validateFlowSchema({ metadata, spec }: FlowSchema, errors: FieldErrors): void {
  const { matchingPrecedence: precedence = 0, distinguisherMethod: method } = spec;
  const at = 'spec.matchingPrecedence';
  if (precedence <= 0) errors.invalid(at, precedence, 'must be a positive value');
  if (precedence > PRECEDENCE_MAX) {
    errors.invalid(at, precedence, `must not be greater than ${PRECEDENCE_MAX}`);
  }
  if (precedence === 1 && metadata.name !== 'exempt') {
    const why = "only the schema named 'exempt' may have matchingPrecedence 1";
    errors.invalid(at, precedence, why);
  }
  if (method && !METHODS.includes(method.type)) {
    errors.notSupported('spec.distinguisherMethod.type', method, METHODS);
  }
  const { name } = spec.priorityLevelConfiguration ?? { name: '' };
  const path = 'spec.priorityLevelConfiguration.name';
  if (name) errors.invalidEach(path, name, dnsSubdomain(name));
  else errors.required(path, 'must reference a priority level');
  spec.rules?.forEach((rule, index) => validateRule(rule, `spec.rules[${index}]`, errors));
}

function validateRule(
  rule: NonNullable<FlowSchema['spec']['rules']>[number],
  path: string,
  errors: FieldErrors,
): void {
  const { resourceRules = [], nonResourceRules = [] } = rule;
  const subjects = rule.subjects ?? [];
  if (subjects.length === 0) {
    errors.required(`${path}.subjects`, 'subjects must contain at least one value');
  }
  subjects.forEach((subject, index) => {
    validateSubject(subject, `${path}.subjects[${index}]`, errors);
  });
  if (resourceRules.length === 0 && nonResourceRules.length === 0) {
    const why = 'at least one of resourceRules and nonResourceRules has to be non-empty';
    errors.required(path, why);
  }
  resourceRules.forEach((each, index) => {
    validateResourceRule(each, `${path}.resourceRules[${index}]`, errors);
  });
  nonResourceRules.forEach((each, index) => {
    validateNonResourceRule(each, `${path}.nonResourceRules[${index}]`, errors);
  });
}

const SUBJECT_FIELDS = [
  ['ServiceAccount', 'serviceAccount'],
  ['User', 'user'],
  ['Group', 'group'],
] as const;

function validateSubject(subject: ISubject, path: string, errors: FieldErrors): void {
  if (!KINDS.includes(subject.kind)) {
    errors.notSupported(`${path}.kind`, subject.kind, KINDS);
    return;
  }
  for (const [kind, field] of SUBJECT_FIELDS) {
    if (kind !== subject.kind) continue;
    const named = subject[field];
    const at = `${path}.${field}`;
    if (!named) errors.required(at, `${field} is required when subject kind is '${kind}'`);
    else if (!named.name) errors.required(`${at}.name`);
  }
  const { serviceAccount } = subject;
  if (subject.kind === 'ServiceAccount' && serviceAccount) {
    const { name, namespace } = serviceAccount;
    const at = `${path}.serviceAccount`;
    if (name && name !== '*') errors.invalidEach(`${at}.name`, name, dnsSubdomain(name));
    if (namespace) errors.invalidEach(`${at}.namespace`, namespace, dnsLabel(namespace));
    else errors.required(`${at}.namespace`, 'must specify namespace for service account');
  }
  for (const [kind, field] of SUBJECT_FIELDS) {
    if (kind === subject.kind || subject[field] == null) continue;
    errors.forbidden(
      `${path}.${field}`,
      `${field} is forbidden when subject kind is not '${kind}'`,
    );
  }
}

function validateResourceRule(rule: IResourcePolicyRule, path: string, errors: FieldErrors): void {
  const { namespaces = [], clusterScope } = rule;
  const [verbs, apiGroups, resources] = [rule.verbs, rule.apiGroups, rule.resources].map(
    (list) => list ?? [],
  );
  validateVerbs(verbs, path, errors);
  if (apiGroups.length === 0) {
    errors.required(`${path}.apiGroups`, 'resource rules must supply at least one api group');
  } else aloneIfAll(apiGroups, `${path}.apiGroups`, 'api groups', errors);
  if (resources.length === 0) {
    errors.required(`${path}.resources`, 'resource rules must supply at least one resource');
  } else aloneIfAll(resources, `${path}.resources`, 'resources', errors);
  if (namespaces.length === 0 && !clusterScope) {
    const why = 'resource rules that are not cluster scoped must supply at least one namespace';
    errors.required(`${path}.namespaces`, why);
  } else if (namespaces.includes('*')) {
    aloneIfAll(namespaces, `${path}.namespaces`, 'namespaces', errors);
  } else {
    namespaces.forEach((namespace, index) => {
      const intro = "each member of this list must be '*' or a DNS-1123 label; ";
      const problems = dnsLabel(namespace).map((problem) => intro + problem);
      errors.invalidEach(`${path}.namespaces[${index}]`, namespace, problems);
    });
  }
}

function validateNonResourceRule(
  rule: INonResourcePolicyRule,
  path: string,
  errors: FieldErrors,
): void {
  const urls = rule.nonResourceURLs ?? [];
  validateVerbs(rule.verbs ?? [], path, errors);
  const at = `${path}.nonResourceURLs`;
  if (urls.length === 0) {
    errors.required(at, 'nonResourceURLs must contain at least one value');
  } else if (urls.includes('*')) aloneIfAll(urls, at, 'non-resource URLs', errors);
  else urls.forEach((url, index) => validateUrl(url, `${at}[${index}]`, errors));
}

function validateUrl(url: string, path: string, errors: FieldErrors): void {
  if (url === '') errors.invalid(path, url, 'must not be empty');
  else if (url === '/') return;
  else if (!url.startsWith('/')) errors.invalid(path, url, 'must start with slash');
  else if (url.includes(' ')) errors.invalid(path, url, 'must not contain white-space');
  else if (url.includes('//')) errors.invalid(path, url, 'must not contain double slash');
  else if (url.includes('*') && url.indexOf('*') !== url.length - 1) {
    errors.invalid(path, url, 'wildcard can only do suffix matching');
  } else if (url.endsWith('*') && !url.endsWith('/*')) {
    errors.invalid(path, url, 'wildcard must be preceded by a slash');
  }
}

function validateVerbs(verbs: readonly string[], path: string, errors: FieldErrors): void {
  const at = `${path}.verbs`;
  if (verbs.length === 0) errors.required(at, 'verbs must contain at least one value');
  else if (verbs.includes('*')) aloneIfAll(verbs, at, 'verbs', errors);
  else if (!verbs.every((verb) => VERBS.includes(verb))) errors.notSupported(at, verbs, VERBS);
}
