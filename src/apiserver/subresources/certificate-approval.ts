// certificatesigningrequests/approval: the endpoint by which conditions Approved and Denied come.
// Upstream: pkg/registry/certificates/certificates/storage.
import { certificateSigningRequests } from '../../api/extension-refs';
import { notFound } from '../../api/status-error';
import type { KubeObject } from '../../api/object';
import type { ApiRequest } from '../../client/transport';
import { approvalDefinition } from '../../resources/certificates/certificatesigningrequests';
import type { ResourceDefinition } from '../../resources/definition';
import type { ServerContext } from '../context';
import { patchObject } from '../patch-object';
import { updateObject } from '../update';
import type { SubresourceHandler } from './subresource';

const definition = approvalDefinition as unknown as ResourceDefinition;

export const certificateApprovalHandler: SubresourceHandler = {
  resource: certificateSigningRequests.key,
  subresource: 'approval',
  verbs: {
    get: (context, _definition, request) => current(context, request),
    update: (context, _definition, request) => updateObject(context, definition, request).object,
    patch: (context, _definition, request) => patchObject(context, definition, request).object,
  },
};

function current({ store }: ServerContext, { name }: ApiRequest): KubeObject {
  const found = store.get(certificateSigningRequests.key, '', name);
  if (!found) throw notFound(certificateSigningRequests, name);
  return found;
}
