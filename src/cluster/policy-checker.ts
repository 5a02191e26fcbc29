// What the controller of policies' statuses knows of kinds: those built in from the wire schema,
// custom ones from their definitions, which it asks the server for.
import { customResourceDefinitions } from '../api/extension-refs';
import type { ResourceRef } from '../api/resource-ref';
import { isNotFound } from '../api/status-error';
import type { TypedSchema } from '../cel/schema-types';
import type { CelType } from '../cel/types';
import type { Client } from '../client/client';
import type { PolicyChecker } from '../controllers/validatingadmissionpolicy-status/validatingadmissionpolicy-status';
import { typeWarnings } from '../resources/admissionregistration/policy-type-checking';
import { builtInType, customType } from '../resources/admissionregistration/wire-types';

export const policyChecker: PolicyChecker = (policy, client) => {
  const known = new Map<ResourceRef, CelType | undefined>();
  return typeWarnings(policy, {
    resources: () => client.resources(),
    typeOf(ref) {
      if (!known.has(ref)) {
        const type = builtInType(ref.apiVersion, ref.kind) ?? typeOfCustom(ref, client);
        known.set(ref, type);
      }
      return known.get(ref);
    },
  });
};

function typeOfCustom(ref: ResourceRef, client: Client): CelType | undefined {
  try {
    const { spec } = client.get(customResourceDefinitions, '', `${ref.resource}.${ref.group}`);
    const version = spec.versions.find(({ name }) => name === ref.version);
    const schema = version?.schema?.openAPIV3Schema as TypedSchema | undefined;
    return schema && customType(schema);
  } catch (error) {
    if (isNotFound(error as Error)) return undefined;
    throw error;
  }
}
