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

/** The same of an object that takes the place of `live`. `isWhole`: it was sent as a whole. */
export function asUpdated(
  object: KubeObject,
  live: KubeObject,
  body: unknown,
  isWhole: boolean,
): KubeObject {
  if (object.kind === 'Service') return withClaimsOf(live as Service, object as Service, body);
  return isWhole && object.kind === 'DaemonSet' ? withTemplateGeneration(object) : object;
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

/** What the client did not speak of is as it was. */
function withClaimsOf(live: Service, service: Service, body: unknown): KubeObject {
  const said = JSON.stringify(body);
  const spec: Record<string, unknown> = { ...service.spec };
  for (const field of CLAIMED) {
    if (said.includes(field)) continue;
    if (live.spec[field] === undefined) delete spec[field];
    else spec[field] = live.spec[field];
  }
  return { ...service, spec } as KubeObject;
}
