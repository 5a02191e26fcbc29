import type { KubeObject } from '../../api/object';
import type { ApiRequest } from '../../client/transport';
import type { ResourceDefinition } from '../../resources/definition';
import type { ServerContext } from '../context';

/** An object that is answered and not stored, with the record of who set its fields. */
export function withManagedFields<T extends KubeObject>(
  { services }: ServerContext,
  definition: ResourceDefinition,
  request: ApiRequest,
  object: T,
): T {
  const managedFields = services.fieldManager?.ofNew(definition, request, object, {});
  return managedFields?.length
    ? { ...object, metadata: { ...object.metadata, managedFields } }
    : object;
}
