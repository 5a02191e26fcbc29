// Fields that an endpoint does not write, so that nobody comes to own them through it.
// Upstream: GetResetFields of the strategies in pkg/registry.
import type { ResourceDefinition } from '../../resources/definition';
import { FieldSet } from './field-set';

const NONE = new FieldSet();
const STATUS = FieldSet.of(['status']);
const SPEC = FieldSet.of(['spec']);

const OF_STATUS: Readonly<Record<string, FieldSet>> = {
  Deployment: FieldSet.of(['spec'], ['metadata', 'labels']),
  Pod: FieldSet.of(['spec'], ['metadata', 'deletionTimestamp'], ['metadata', 'ownerReferences']),
  CustomResourceDefinition: FieldSet.of(['spec'], ['metadata']),
};

export function resetFields(definition: ResourceDefinition, subresource: string): FieldSet {
  if (!definition.subresources?.includes('status')) return NONE;
  if (subresource === '') return STATUS;
  return subresource === 'status' ? (OF_STATUS[definition.ref.kind] ?? SPEC) : NONE;
}
