// Devices that others use may be had only in namespaces that are labelled for it.
// Where the real one differs: it is part of the validation of claims and templates there.
// Upstream: pkg/registry/resource/utils.go.
import { resourceClaims, resourceClaimTemplates } from '../../api/extension-refs';
import type { ResourceClaim, ResourceClaimTemplate } from '../../api/extension-types';
import { FieldErrors } from '../../api/field-errors';
import type { KubeObject } from '../../api/object';
import { ADMIN_ACCESS_LABEL } from '../../api/resource-claims';
import { namespaces } from '../../api/resource-ref';
import type { AdmissionRequest, AdmissionStep } from './chain';

export const deviceAdminAccess: AdmissionStep = {
  name: 'DeviceAdminAccess',
  operations: ['CREATE', 'UPDATE'],
  resources: [resourceClaims.key, resourceClaimTemplates.key],
  subresources: ['', 'status'],
  validate(object, request) {
    const field = request.subresource ? grantedField(object, request) : askedField(object, request);
    if (field === '') return;
    const { ref, namespace, name, store } = request;
    const labels = store.get(namespaces.key, '', namespace)?.metadata.labels;
    if (labels?.[ADMIN_ACCESS_LABEL] === 'true') return;
    const errors = new FieldErrors();
    const label = `\`${ADMIN_ACCESS_LABEL}: true\` label on the containing namespace`;
    errors.forbidden(field, `admin access to devices requires the ${label}`);
    errors.throwIfAny(ref.kind, ref.group, name || object.metadata.name);
  },
};

/** The first request that asks for it; the spec of what is there cannot change. */
function askedField(object: KubeObject, { operation, ref }: AdmissionRequest): string {
  if (operation !== 'CREATE') return '';
  const { devices } =
    ref.key === resourceClaims.key
      ? (object as ResourceClaim).spec
      : (object as ResourceClaimTemplate).spec.spec;
  const index = (devices?.requests ?? []).findIndex(({ exactly }) => exactly?.adminAccess);
  return index < 0 ? '' : `spec.devices.requests[${index}].adminAccess`;
}

/** The first result that has it, unless one had it before. */
function grantedField(object: KubeObject, { old }: AdmissionRequest): string {
  if (firstGranted(old as ResourceClaim | undefined) >= 0) return '';
  const index = firstGranted(object as ResourceClaim);
  return index < 0 ? '' : `status.allocation.devices.results[${index}].adminAccess`;
}

function firstGranted(claim: ResourceClaim | undefined): number {
  const results = claim?.status?.allocation?.devices?.results ?? [];
  return results.findIndex(({ adminAccess }) => adminAccess);
}
