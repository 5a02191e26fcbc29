// Affinity to nodes and to other pods.
// Upstream: validateAffinity and what it calls in pkg/apis/core/validation/validation.go.
import { acceptOnce } from '../../accept-once';
import type { FieldErrors } from '../../../api/field-errors';
import { dnsLabel, dnsSubdomain, labelValue, qualifiedName } from '../../../api/names';
import type {
  Affinity,
  NodeSelector,
  NodeSelectorRequirement,
  NodeSelectorTerm,
  PodAffinityTerm,
} from '../../../api/types';
import { validateLabelSelector } from '../../label-selector-validation';

const REQUIRED = 'requiredDuringSchedulingIgnoredDuringExecution';
const PREFERRED = 'preferredDuringSchedulingIgnoredDuringExecution';

export const validateAffinity = acceptOnce<Affinity>((affinity, path, errors) => {
  const { nodeAffinity, podAffinity, podAntiAffinity } = affinity;
  if (nodeAffinity) {
    const at = `${path}.nodeAffinity`;
    if (nodeAffinity[REQUIRED]) {
      validateNodeSelector(nodeAffinity[REQUIRED], `${at}.${REQUIRED}`, errors);
    }
    nodeAffinity[PREFERRED]?.forEach(({ weight, preference }, index) => {
      validateWeight(weight, `${at}.${PREFERRED}[${index}].weight`, errors);
      validateNodeTerm(preference, `${at}.${PREFERRED}[${index}].preference`, errors, false);
    });
  }
  if (podAffinity) validatePodAffinity(podAffinity, `${path}.podAffinity`, errors);
  if (podAntiAffinity) validatePodAffinity(podAntiAffinity, `${path}.podAntiAffinity`, errors);
});

/** A node selector as required node affinity and volumes have it. */
export function validateNodeSelector(
  selector: NodeSelector,
  path: string,
  errors: FieldErrors,
): void {
  const terms = selector.nodeSelectorTerms ?? [];
  const at = `${path}.nodeSelectorTerms`;
  if (terms.length === 0) errors.required(at, 'must have at least one node selector term');
  terms.forEach((term, index) => validateNodeTerm(term, `${at}[${index}]`, errors, true));
}

function validateNodeTerm(
  { matchExpressions, matchFields }: NodeSelectorTerm,
  path: string,
  errors: FieldErrors,
  checkValues: boolean,
): void {
  matchExpressions?.forEach((requirement, index) => {
    validateRequirement(requirement, `${path}.matchExpressions[${index}]`, errors, checkValues);
  });
  matchFields?.forEach((requirement, index) => {
    validateFieldRequirement(requirement, `${path}.matchFields[${index}]`, errors);
  });
}

function validateRequirement(
  { key, operator, values = [] }: NodeSelectorRequirement,
  path: string,
  errors: FieldErrors,
  checkValues: boolean,
): void {
  switch (operator) {
    case 'In':
    case 'NotIn':
      if (values.length === 0) {
        errors.required(`${path}.values`, "must be specified when `operator` is 'In' or 'NotIn'");
      }
      break;
    case 'Exists':
    case 'DoesNotExist':
      if (values.length > 0) {
        const why = "may not be specified when `operator` is 'Exists' or 'DoesNotExist'";
        errors.forbidden(`${path}.values`, why);
      }
      break;
    case 'Gt':
    case 'Lt':
      if (values.length !== 1) {
        const why = "must be specified single value when `operator` is 'Lt' or 'Gt'";
        errors.required(`${path}.values`, why);
      }
      break;
    default:
      errors.invalid(`${path}.operator`, operator ?? '', 'not a valid selector operator');
  }
  errors.invalidEach(`${path}.key`, key ?? '', qualifiedName(key ?? ''));
  if (!checkValues) return;
  values.forEach((value, index) => {
    errors.invalidEach(`${path}.values[${index}]`, value, labelValue(value));
  });
}

function validateFieldRequirement(
  { key, operator, values = [] }: NodeSelectorRequirement,
  path: string,
  errors: FieldErrors,
): void {
  if (operator === 'In' || operator === 'NotIn') {
    if (values.length !== 1) {
      const why =
        "must be only one value when `operator` is 'In' or 'NotIn' for node field selector";
      errors.required(`${path}.values`, why);
    }
  } else errors.invalid(`${path}.operator`, operator ?? '', 'not a valid selector operator');
  if (key !== 'metadata.name') {
    errors.invalid(`${path}.key`, key ?? '', 'not a valid field selector key');
    return;
  }
  values.forEach((value, index) => {
    errors.invalidEach(`${path}.values[${index}]`, value, dnsSubdomain(value));
  });
}

type PodAffinity = NonNullable<Affinity['podAffinity']>;

function validatePodAffinity(affinity: PodAffinity, path: string, errors: FieldErrors): void {
  affinity[REQUIRED]?.forEach((term, index) => {
    validatePodTerm(term, `${path}.${REQUIRED}[${index}]`, errors);
  });
  affinity[PREFERRED]?.forEach(({ weight, podAffinityTerm }, index) => {
    const at = `${path}.${PREFERRED}[${index}]`;
    validateWeight(weight, `${at}.weight`, errors);
    validatePodTerm(podAffinityTerm, `${at}.podAffinityTerm`, errors);
  });
}

function validatePodTerm(term: PodAffinityTerm, path: string, errors: FieldErrors): void {
  validateLabelSelector(term.labelSelector, `${path}.labelSelector`, errors);
  validateLabelSelector(term.namespaceSelector, `${path}.namespaceSelector`, errors);
  term.namespaces?.forEach((name) => {
    errors.invalidEach(`${path}.namespace`, name, dnsLabel(name));
  });
  validateLabelKeys(term, path, errors);
  const { topologyKey } = term;
  if (!topologyKey) errors.required(`${path}.topologyKey`, 'can not be empty');
  errors.invalidEach(`${path}.topologyKey`, topologyKey ?? '', qualifiedName(topologyKey ?? ''));
}

function validateLabelKeys(term: PodAffinityTerm, path: string, errors: FieldErrors): void {
  for (const field of ['matchLabelKeys', 'mismatchLabelKeys'] as const) {
    const keys = term[field] ?? [];
    if (keys.length > 0 && !term.labelSelector) {
      errors.forbidden(`${path}.${field}`, 'must not be specified when labelSelector is not set');
    } else {
      keys.forEach((key, index) => {
        errors.invalidEach(`${path}.${field}[${index}]`, key, qualifiedName(key));
      });
    }
  }
  term.matchLabelKeys?.forEach((key, index) => {
    if (!term.mismatchLabelKeys?.includes(key)) return;
    const why = 'exists in both matchLabelKeys and mismatchLabelKeys';
    errors.invalid(`${path}.matchLabelKeys[${index}]`, key, why);
  });
}

function validateWeight(weight: number, path: string, errors: FieldErrors): void {
  if (!(weight > 0 && weight <= 100))
    errors.invalid(path, weight ?? 0, 'must be in the range 1-100');
}
