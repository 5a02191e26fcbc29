// The column TARGETS: what is and what should be, of the first metrics.
// Upstream: formatHPAMetrics in pkg/printers/internalversion/printers.go.
import { SOURCE_OF_TYPE, type MetricSpec, type MetricStatus } from './metric-sources';

const SHOWN = 2;
const UNKNOWN = '<unknown>';

/** 'cpu: 12%/50%, 3/10 (avg) + 1 more...' */
export function formatMetrics(
  specs: readonly MetricSpec[],
  statuses: readonly MetricStatus[],
): string {
  if (specs.length === 0) return '<none>';
  const texts = specs.map((spec, index) => metricText(spec, statuses[index]));
  const more = texts.length > SHOWN ? ` + ${texts.length - SHOWN} more...` : '';
  return texts.slice(0, SHOWN).join(', ') + more;
}

function metricText(spec: MetricSpec, status: MetricStatus | undefined): string {
  const name = SOURCE_OF_TYPE[spec.type];
  const source = name && spec[name];
  if (!source) return '<unknown type>';
  const { target } = source;
  const current = status?.[name]?.current ?? {};
  const resource = name === 'resource' || name === 'containerResource';
  const prefix = resource ? (source as { name: string }).name + ': ' : '';
  if (target.averageValue !== undefined) {
    const suffix = name === 'object' || name === 'external' ? ' (avg)' : '';
    return `${prefix}${current.averageValue ?? UNKNOWN}/${target.averageValue}${suffix}`;
  }
  if (!resource) return `${current.value ?? UNKNOWN}/${target.value ?? UNKNOWN}`;
  const { averageUtilization } = target;
  const wanted = averageUtilization === undefined ? '<auto>' : `${averageUtilization}%`;
  const is = current.averageUtilization;
  return `${prefix}${is === undefined ? UNKNOWN : `${is}%`}/${wanted}`;
}
