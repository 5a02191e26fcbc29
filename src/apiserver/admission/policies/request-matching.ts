// Whether a request is one that a webhook or policy asked to see: rules, selectors, scope.
// Upstream: apiserver/pkg/admission/plugin/{webhook/predicates,policy/matching}.
import type { IMatchResources } from 'kubernetes-models/admissionregistration.k8s.io/v1/MatchResources';
import type { INamedRuleWithOperations } from 'kubernetes-models/admissionregistration.k8s.io/v1/NamedRuleWithOperations';
import { selectorFromLabelSelector, type LabelSelectorObject } from '../../../api/label-selector';
import type { KubeObject } from '../../../api/object';
import { namespaces } from '../../../api/resource-ref';
import type { AdmissionRequest } from '../chain';

type Match = Pick<
  IMatchResources,
  'resourceRules' | 'excludeResourceRules' | 'namespaceSelector' | 'objectSelector'
>;

/** A constraint that names no rules matches every request. */
export function matchesRequest(
  match: Match | undefined,
  object: KubeObject,
  request: AdmissionRequest,
): boolean {
  if (!match) return true;
  const { resourceRules, excludeResourceRules = [], namespaceSelector, objectSelector } = match;
  if (!selectsNamespace(namespaceSelector as LabelSelectorObject, object, request)) return false;
  if (!selectsObject(objectSelector as LabelSelectorObject, object, request)) return false;
  if (excludeResourceRules.some((rule) => matchesRule(rule, object, request))) return false;
  if (!resourceRules?.length) return true;
  return resourceRules.some((rule) => matchesRule(rule, object, request));
}

export function matchesRule(
  rule: INamedRuleWithOperations,
  object: KubeObject,
  request: AdmissionRequest,
): boolean {
  const { operation, ref, subresource } = request;
  const has = (values: readonly string[] | undefined, value: string): boolean =>
    values?.some((each) => each === '*' || each === value) === true;
  if (!has(rule.operations, operation) || !has(rule.apiGroups, ref.group)) return false;
  if (!has(rule.apiVersions, ref.version)) return false;
  const { scope = '*', resourceNames } = rule;
  // Namespaces themselves count as cluster-scoped.
  if (scope !== '*' && (scope === 'Namespaced') !== ref.namespaced) return false;
  const name = request.name || object.metadata.name;
  if (resourceNames?.length && !resourceNames.includes(name)) return false;
  return rule.resources?.some((each) => isResource(each, ref.resource, subresource)) === true;
}

function isResource(wanted: string, resource: string, subresource: string): boolean {
  const slash = wanted.indexOf('/');
  const [name, part] = slash < 0 ? [wanted, ''] : [wanted.slice(0, slash), wanted.slice(slash + 1)];
  return (name === '*' || name === resource) && (part === '*' || part === subresource);
}

function selectsNamespace(
  selector: LabelSelectorObject | undefined,
  object: KubeObject,
  { ref, namespace, store }: AdmissionRequest,
): boolean {
  if (!selector || isEmpty(selector)) return true;
  if (ref.key === namespaces.key) return selects(selector, object);
  if (!ref.namespaced) return true;
  const home = store.get(namespaces.key, '', namespace);
  return home !== undefined && selects(selector, home);
}

function selectsObject(
  selector: LabelSelectorObject | undefined,
  object: KubeObject,
  { old }: AdmissionRequest,
): boolean {
  if (!selector || isEmpty(selector)) return true;
  return selects(selector, object) || (old !== undefined && selects(selector, old));
}

function selects(selector: LabelSelectorObject, { metadata }: KubeObject): boolean {
  return selectorFromLabelSelector(selector).matches(metadata?.labels ?? {});
}

function isEmpty({ matchLabels, matchExpressions }: LabelSelectorObject): boolean {
  return Object.keys(matchLabels ?? {}).length === 0 && !matchExpressions?.length;
}
