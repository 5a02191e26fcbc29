// The names that OpenAPI gives to types, which are those of their Go packages.
import { goName } from '../decode/go-types';
import { WORLD_TYPES } from '../decode/world-schema';
import { fieldNumbers } from '../protobuf/field-numbers';

const EXTENSIONS = 'io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1';
const AGGREGATION = 'io.k8s.kube-aggregator.pkg.apis.apiregistration.v1';
const WORLD = 'dev.kubarium.sim.v1alpha1';

/** 'PodSpec' gives 'io.k8s.api.core.v1.PodSpec'. */
export function modelName(typeName: string): string {
  const name = goName(typeName);
  const packageName = fieldNumbers.get(typeName)?.packageName;
  if (packageName !== undefined) return `io.k8s.${packageName}.${name}`;
  if (Object.hasOwn(WORLD_TYPES, typeName)) return `${WORLD}.${name}`;
  return `${/^API|^Apiregistration/.test(typeName) ? AGGREGATION : EXTENSIONS}.${name}`;
}

/** The types that JSON spells as scalars, by the short form of the wire schema. */
export const SCALAR_MODELS: Readonly<Record<string, { name: string; schema: object }>> = {
  t: {
    name: 'io.k8s.apimachinery.pkg.apis.meta.v1.Time',
    schema: { type: 'string', format: 'date-time' },
  },
  T: {
    name: 'io.k8s.apimachinery.pkg.apis.meta.v1.MicroTime',
    schema: { type: 'string', format: 'date-time' },
  },
  q: { name: 'io.k8s.apimachinery.pkg.api.resource.Quantity', schema: { type: 'string' } },
  x: {
    name: 'io.k8s.apimachinery.pkg.util.intstr.IntOrString',
    schema: { type: 'string', format: 'int-or-string' },
  },
  o: { name: 'io.k8s.apimachinery.pkg.runtime.RawExtension', schema: { type: 'object' } },
};
