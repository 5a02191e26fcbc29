// FlowSchemas: which requests share which part of the API server's attention. They are kept and
// checked; no request waits here. Upstream: pkg/registry/flowcontrol/flowschema/strategy.go.
import { flowSchemas } from '../../api/extension-refs';
import type { FlowSchema } from '../../api/extension-types';
import { ageColumn, column, nameColumn } from '../columns';
import type { ResourceDefinition } from '../definition';
import { validateFlowSchema } from './flow-schema-validation';

const PRECEDENCE = 1000;

export const flowSchemaDefinition: ResourceDefinition<FlowSchema> = {
  ref: flowSchemas,
  singular: 'flowschema',
  listKind: 'FlowSchemaList',
  subresources: ['status'],
  hasGeneration: true,
  applyDefaults(schema) {
    schema.spec ??= {} as FlowSchema['spec'];
    schema.spec.priorityLevelConfiguration ??= { name: '' };
    if (!schema.spec.matchingPrecedence) schema.spec.matchingPrecedence = PRECEDENCE;
    return schema;
  },
  prepareForCreate(schema) {
    schema.status = {};
    return schema;
  },
  validate: validateFlowSchema,
  columns: [
    nameColumn,
    column(
      'PriorityLevel',
      'string',
      '`name` is the name of the priority level configuration being referenced Required.',
      ({ spec }) => spec.priorityLevelConfiguration.name,
    ),
    column(
      'MatchingPrecedence',
      'string',
      '`matchingPrecedence` is used to choose among the FlowSchemas that match a given ' +
        'request. The chosen FlowSchema is among those with the numerically lowest (which we ' +
        'take to be logically highest) MatchingPrecedence.  Each MatchingPrecedence value must ' +
        'be ranged in [1,10000]. Note that if the precedence is not specified, it will be set ' +
        'to 1000 as default.',
      ({ spec }) => spec.matchingPrecedence ?? 0,
    ),
    column(
      'DistinguisherMethod',
      'string',
      '`distinguisherMethod` defines how to compute the flow distinguisher for requests that ' +
        'match this schema. `nil` specifies that the distinguisher is disabled and thus will ' +
        'always be the empty string.',
      ({ spec }) => spec.distinguisherMethod?.type ?? '<none>',
    ),
    ageColumn,
    column(
      'MissingPL',
      'string',
      'references a broken or non-existent PriorityLevelConfiguration',
      isDangling,
    ),
  ],
};

function isDangling({ status }: FlowSchema): string {
  const dangling = status?.conditions?.find(({ type }) => type === 'Dangling');
  return dangling?.status ?? '?';
}
