// Quantities of an autoscaler's metrics as the server spells them.
import { canonicalQuantity, quantityError } from '../../api/quantity';
import { replace } from '../fill';
import { SOURCES, type MetricSpec, type MetricTarget, type SourceName } from './metric-sources';

/** The metric with its targets in canonical form; the same metric when it has them so. */
export function canonicalMetric(metric: MetricSpec): MetricSpec {
  let next = metric;
  for (const source of SOURCES) next = withCanonicalTarget(next, source);
  return next;
}

function withCanonicalTarget(metric: MetricSpec, name: SourceName): MetricSpec {
  const source = metric[name] as { target?: MetricTarget } | undefined;
  if (!source?.target) return metric;
  let { target } = source;
  for (const field of ['value', 'averageValue'] as const) {
    const quantity = target[field];
    if (quantity === undefined || quantity === null || quantityError(quantity)) continue;
    target = replace(target, field, canonicalQuantity(quantity));
  }
  return replace(metric, name, replace(source, 'target', target) as never);
}
