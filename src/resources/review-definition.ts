import type { KubeObject } from '../api/object';
import type { ResourceRef } from '../api/resource-ref';
import type { ResourceDefinition } from './definition';

/** The definition of a kind that is answered and never stored; a handler answers it. */
export function reviewDefinition<T extends KubeObject>(
  ref: ResourceRef<T>,
  singular: string,
): ResourceDefinition<T> {
  return { ref, singular, listKind: `${ref.kind}List`, isVirtual: true, verbs: ['create'] };
}
