// The metrics of an autoscaler. Upstream: pkg/apis/autoscaling/validation/validation.go.
import type { FieldErrors } from '../../api/field-errors';
import { dnsLabel, pathSegment, qualifiedName } from '../../api/names';
import { parseQuantity, quantityError } from '../../api/quantity';
import {
  SOURCE_OF_TYPE,
  SOURCES,
  type MetricSpec,
  type MetricTarget,
  type SourceName,
} from './metric-sources';
import { validateReference } from './reference-validation';

const TYPES = Object.keys(SOURCE_OF_TYPE);
const TARGETS = ['Utilization', 'Value', 'AverageValue'];
const UNSCALABLE =
  'must specify at least one Object or External metric to support scaling to zero replicas';

export function validateMetrics(
  metrics: readonly MetricSpec[],
  minReplicas: number | undefined,
  path: string,
  errors: FieldErrors,
): void {
  metrics.forEach((metric, index) => validateMetric(metric, `${path}[${index}]`, errors));
  const isOutside = metrics.some(({ type }) => type === 'Object' || type === 'External');
  if (minReplicas === 0 && !isOutside) errors.forbidden(path, UNSCALABLE);
}

function validateMetric(metric: MetricSpec, path: string, errors: FieldErrors): void {
  const type = metric.type || '';
  if (type === '') errors.required(`${path}.type`, 'must specify a metric source type');
  const expected = SOURCE_OF_TYPE[type] as SourceName | undefined;
  if (!expected) errors.notSupported(`${path}.type`, type, TYPES);
  const present = SOURCES.filter((source) => metric[source]);
  // Of several sources only the first is looked into.
  if (present[0]) CHECKS[present[0]](metric, `${path}.${present[0]}`, errors);
  if (!expected) errors.notSupported(`${path}.type`, type, TYPES);
  else if (!metric[expected]) {
    const why = 'must populate information for the given metric source';
    errors.required(`${path}.${expected}`, why);
  }
  if (present.length === 1) return;
  for (const source of present) {
    if (source === expected) continue;
    errors.forbidden(`${path}.${source}`, 'must populate the given metric source only');
  }
}

type Check = (metric: MetricSpec, path: string, errors: FieldErrors) => void;

const CHECKS: Readonly<Record<SourceName, Check>> = {
  object({ object }, path, errors) {
    const { describedObject, metric, target } = object!;
    validateReference(describedObject, `${path}.describedObject`, errors);
    validateIdentifier(metric, `${path}.metric`, errors);
    validateTarget(target, `${path}.target`, errors);
    if (isSet(target?.value) || isSet(target?.averageValue)) return;
    const why = 'must set either a target value or averageValue';
    errors.required(`${path}.target.averageValue`, why);
  },
  external({ external }, path, errors) {
    const { metric, target } = external!;
    validateIdentifier(metric, `${path}.metric`, errors);
    validateTarget(target, `${path}.target`, errors);
    const isTotal = isSet(target?.value);
    const isAverage = isSet(target?.averageValue);
    if (!isTotal && !isAverage) {
      const why = 'must set either a target value for metric or a per-pod target';
      errors.required(`${path}.target.averageValue`, why);
    }
    if (isTotal && isAverage) {
      const why = 'may not set both a target value for metric and a per-pod target';
      errors.forbidden(`${path}.target.value`, why);
    }
  },
  pods({ pods }, path, errors) {
    const { metric, target } = pods!;
    validateIdentifier(metric, `${path}.metric`, errors);
    validateTarget(target, `${path}.target`, errors);
    if (isSet(target?.averageValue)) return;
    const why = 'must specify a positive target averageValue';
    errors.required(`${path}.target.averageValue`, why);
  },
  resource({ resource }, path, errors) {
    const { name, target } = resource!;
    if (!name) errors.required(`${path}.name`, 'must specify a resource name');
    validateTarget(target, `${path}.target`, errors);
    validateResourceTarget(target, path, errors);
  },
  containerResource({ containerResource }, path, errors) {
    const { name, container, target } = containerResource!;
    if (!name) errors.required(`${path}.name`, 'must specify a resource name');
    else errors.invalidEach(`${path}.name`, name, qualifiedName(name));
    if (!container) errors.required(`${path}.container`, 'must specify a container');
    else errors.invalidEach(`${path}.container`, container, dnsLabel(container));
    validateTarget(target, `${path}.target`, errors);
    validateResourceTarget(target, path, errors);
  },
};

function validateResourceTarget(
  target: MetricTarget | undefined,
  path: string,
  errors: FieldErrors,
): void {
  const isRaw = isSet(target?.averageValue);
  const isShare = isSet(target?.averageUtilization);
  if (!isRaw && !isShare) {
    const why = 'must set either a target raw value or a target utilization';
    errors.required(`${path}.target.averageUtilization`, why);
  }
  if (isRaw && isShare) {
    const why = 'may not set both a target raw value and a target utilization';
    errors.forbidden(`${path}.target.averageValue`, why);
  }
}

function validateTarget(
  target: Partial<MetricTarget> | undefined,
  path: string,
  errors: FieldErrors,
): void {
  const { type = '', value, averageValue, averageUtilization } = target ?? {};
  if (type === '') errors.required(`${path}.type`, 'must specify a metric target type');
  if (!TARGETS.includes(type)) {
    errors.invalid(`${path}.type`, type, 'must be either Utilization, Value, or AverageValue');
  }
  if (isSet(value) && !isPositive(value!)) {
    errors.invalid(`${path}.value`, String(value), 'must be positive');
  }
  if (isSet(averageValue) && !isPositive(averageValue!)) {
    errors.invalid(`${path}.averageValue`, String(averageValue), 'must be positive');
  }
  if (averageUtilization !== undefined && averageUtilization < 1) {
    errors.invalid(`${path}.averageUtilization`, averageUtilization, 'must be greater than 0');
  }
}

function validateIdentifier(
  metric: { name?: string } | undefined,
  path: string,
  errors: FieldErrors,
): void {
  const name = metric?.name ?? '';
  if (name === '') errors.required(`${path}.name`, 'must specify a metric name');
  else errors.invalidEach(`${path}.name`, name, pathSegment(name));
}

function isSet(value: unknown): boolean {
  return value !== undefined && value !== null;
}

function isPositive(quantity: string | number): boolean {
  return !quantityError(quantity) && parseQuantity(quantity) > 0;
}
