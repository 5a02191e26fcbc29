// What a client is taken to have written, where the server's defaults say more than its types'
// conversions would, or less.
import type { KubeObject } from '../../api/object';
import type { Service } from '../../api/types';
import { isObject } from '../patch/json-value';

/** `body`: what the client sent. */
export function asWritten(object: KubeObject, body: unknown): KubeObject {
  switch (object.kind) {
    case 'DaemonSet':
      return withTemplateGeneration(object);
    case 'Service':
      return withoutClaims(object as Service, body);
    default:
      return object;
  }
}

/** The same of a whole object that took the place of another. */
export function asUpdated(object: KubeObject): KubeObject {
  return object.kind === 'DaemonSet' ? withTemplateGeneration(object) : object;
}

const TEMPLATE_GENERATION = 'deprecated.daemonset.template.generation';

/** The older version's field comes with the conversion, zero where nobody set it. */
function withTemplateGeneration(object: KubeObject): KubeObject {
  const { metadata } = object;
  if (metadata.annotations && TEMPLATE_GENERATION in metadata.annotations) return object;
  const annotations = { ...metadata.annotations, [TEMPLATE_GENERATION]: '0' };
  return { ...object, metadata: { ...metadata, annotations } };
}

const CLAIMED = ['clusterIP', 'clusterIPs', 'ipFamilies', 'ipFamilyPolicy'] as const;

/** Addresses and their families are given out later, when nobody looks at who wrote what. */
function withoutClaims(service: Service, body: unknown): KubeObject {
  const asked = isObject(body) && isObject(body.spec) ? body.spec : {};
  const spec = { ...service.spec };
  for (const field of CLAIMED) if (!(field in asked)) delete spec[field];
  return { ...service, spec } as KubeObject;
}
