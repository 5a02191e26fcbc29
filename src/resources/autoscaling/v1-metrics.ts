// Metrics in the form of autoscaling/v1, where each kind has field names of its own.
// Upstream: pkg/apis/autoscaling/v1/conversion.go, staging/src/k8s.io/api/autoscaling/v1/types.go.
import type { MetricSpec, MetricStatus, MetricTarget } from './metric-sources';

type Json = Record<string, unknown>;
type Value = Omit<MetricTarget, 'type'>;

export function metricToV1(metric: MetricSpec): Json {
  const { type, object, pods, resource, containerResource, external } = metric;
  return known({
    type,
    object: object && {
      target: object.describedObject,
      metricName: object.metric.name,
      targetValue: object.target.value ?? '0',
      selector: object.metric.selector,
      averageValue: object.target.averageValue,
    },
    pods: pods && {
      metricName: pods.metric.name,
      targetAverageValue: pods.target.averageValue,
      selector: pods.metric.selector,
    },
    resource: resource && { name: resource.name, ...shares(resource.target, 'target') },
    containerResource: containerResource && {
      name: containerResource.name,
      ...shares(containerResource.target, 'target'),
      container: containerResource.container,
    },
    external: external && {
      metricName: external.metric.name,
      metricSelector: external.metric.selector,
      targetValue: external.target.value,
      targetAverageValue: external.target.averageValue,
    },
  });
}

export function statusToV1(status: MetricStatus): Json {
  const { type, object, pods, resource, containerResource, external } = status;
  return known({
    type,
    object: object && {
      target: object.describedObject,
      metricName: object.metric.name,
      currentValue: object.current.value ?? '0',
      selector: object.metric.selector,
      averageValue: object.current.averageValue,
    },
    pods: pods && {
      metricName: pods.metric.name,
      currentAverageValue: pods.current.averageValue,
      selector: pods.metric.selector,
    },
    resource: resource && { name: resource.name, ...shares(resource.current, 'current') },
    containerResource: containerResource && {
      name: containerResource.name,
      ...shares(containerResource.current, 'current'),
      container: containerResource.container,
    },
    external: external && {
      metricName: external.metric.name,
      metricSelector: external.metric.selector,
      currentValue: external.current.value ?? '',
      currentAverageValue: external.current.averageValue,
    },
  });
}

export function metricFromV1(shown: Json): MetricSpec {
  return converted(shown, 'target', (value) => ({ target: { type: typeOf(value), ...value } }));
}

export function statusFromV1(shown: Json): MetricStatus {
  return converted(shown, 'current', (current) => ({ current }));
}

function converted<T>(shown: Json, word: string, put: (value: Value) => Json): T {
  // What somebody wrote into an annotation need not be an object.
  const part = (name: string): Json | undefined =>
    isPlain(shown[name]) ? (shown[name] as Json) : undefined;
  const { object, pods, resource, containerResource, external } = {
    object: part('object'),
    pods: part('pods'),
    resource: part('resource'),
    containerResource: part('containerResource'),
    external: part('external'),
  };
  const average = word + 'AverageValue';
  const ofResource = (source: Json): Value => ({
    averageUtilization: source[word + 'AverageUtilization'] as number,
    averageValue: source[average] as string,
  });
  const outside = (source: Json, selector: string, averageName: string): Json => ({
    metric: known({ name: source.metricName, selector: source[selector] }),
    ...put(
      known({
        value: isZero(source[word + 'Value']) ? undefined : source[word + 'Value'],
        averageValue: source[averageName],
      }) as Value,
    ),
  });
  return known({
    type: shown.type,
    object: object && {
      describedObject: object.target,
      ...outside(object, 'selector', 'averageValue'),
    },
    pods: pods && outside(pods, 'selector', average),
    resource: resource && { name: resource.name, ...put(known(ofResource(resource)) as Value) },
    containerResource: containerResource && {
      name: containerResource.name,
      container: containerResource.container,
      ...put(known(ofResource(containerResource)) as Value),
    },
    external: external && outside(external, 'metricSelector', average),
  }) as T;
}

function typeOf({ averageUtilization, averageValue }: Value): string {
  if (averageUtilization !== undefined) return 'Utilization';
  return averageValue === undefined ? 'Value' : 'AverageValue';
}

function shares({ averageUtilization, averageValue }: Value, word: string): Json {
  return {
    [word + 'AverageUtilization']: averageUtilization,
    [word + 'AverageValue']: averageValue,
  };
}

/** What the old form cannot leave out. */
function isZero(value: unknown): boolean {
  return value === '0' || value === '' || value === 0;
}

/** Without what is undefined, also one level below. */
function known(object: object): Json {
  const entries = Object.entries(object)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => [name, isPlain(value) ? known(value as object) : value] as const);
  return Object.fromEntries(entries);
}

function isPlain(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
