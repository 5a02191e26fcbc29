// ComponentStatuses: asked when somebody looks, never stored. Deprecated since 1.19.
// Upstream: pkg/registry/core/componentstatus; its columns stand in pkg/printers/internalversion.
import { componentStatuses, type ComponentStatus } from '../../api/component-status';
import { column, nameColumn } from '../columns';
import type { ResourceDefinition } from '../definition';

const DESCRIPTIONS = {
  status: 'Status of the component conditions',
  message: 'Message of the component conditions',
  error: 'Error of the component conditions',
};

export const componentStatusDefinition: ResourceDefinition<ComponentStatus> = {
  ref: componentStatuses,
  singular: 'componentstatus',
  listKind: 'ComponentStatusList',
  shortNames: ['cs'],
  verbs: ['get', 'list'],
  isVirtual: true,
  deprecation: 'v1 ComponentStatus is deprecated in v1.19+',
  columns: [
    nameColumn,
    column('Status', 'string', DESCRIPTIONS.status, ({ conditions: [healthy] }) =>
      healthy.status === 'True' ? 'Healthy' : 'Unhealthy',
    ),
    column(
      'Message',
      'string',
      DESCRIPTIONS.message,
      ({ conditions: [{ message }] }) => message ?? '',
    ),
    column('Error', 'string', DESCRIPTIONS.error, ({ conditions: [{ error }] }) => error ?? ''),
  ],
};
