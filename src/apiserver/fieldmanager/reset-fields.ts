// Fields that an endpoint does not write, so that nobody comes to own them through it.
// Upstream: GetResetFields of the strategies in pkg/registry.
import type { ResourceDefinition } from '../../resources/definition';
import { FieldSet } from './field-set';

const NONE = new FieldSet();
const STATUS = FieldSet.of(['status']);
const SPEC = FieldSet.of(['spec']);

/** What a certificate is asked for never changes, so nobody owns it. */
const OF_OBJECT: Readonly<Record<string, FieldSet>> = {
  CertificateSigningRequest: FieldSet.of(['spec'], ['status']),
};

const OF_STATUS: Readonly<Record<string, FieldSet>> = {
  Deployment: FieldSet.of(['spec'], ['metadata', 'labels']),
  Pod: FieldSet.of(['spec'], ['metadata', 'deletionTimestamp'], ['metadata', 'ownerReferences']),
  CustomResourceDefinition: FieldSet.of(['spec'], ['metadata']),
};

export function resetFields(definition: ResourceDefinition, subresource: string): FieldSet {
  if (!definition.subresources?.includes('status')) return NONE;
  if (subresource === '') return OF_OBJECT[definition.ref.kind] ?? STATUS;
  const isStatus = subresource === 'status' || subresource === definition.statusLike;
  return isStatus ? (OF_STATUS[definition.ref.kind] ?? SPEC) : NONE;
}
