// What answers a request that is not the plain reading or writing of an object: most subresources,
// and kinds that are never stored (reviews, under the subresource '').
import type { ApiRequest, Verb } from '../../client/transport';
import type { ResourceDefinition } from '../../resources/definition';
import type { ServerContext } from '../context';

export interface SubresourceHandler {
  /** A resource's key, or '*' for every resource that has the subresource. */
  readonly resource: string;
  readonly subresource: string;
  /** Status code of a create; 201 unless told. Everything else answers 200. */
  readonly createdCode?: number;
  /** Throws StatusError. Returns the answer's object. */
  readonly verbs: Readonly<
    Partial<
      Record<
        Verb,
        (context: ServerContext, definition: ResourceDefinition, request: ApiRequest) => unknown
      >
    >
  >;
}
