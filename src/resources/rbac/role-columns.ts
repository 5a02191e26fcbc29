// The columns of Roles and ClusterRoles: alone among all kinds they show when, not for how long.
// Upstream: pkg/printers/internalversion/printers.go.
import type { KubeObject } from '../../api/object';
import { ageColumn, nameColumn } from '../columns';
import type { TableColumn } from '../definition';

const createdAtColumn: TableColumn<KubeObject> = {
  ...ageColumn,
  name: 'Created At',
  type: 'date',
  cell: ({ metadata }) => metadata.creationTimestamp,
};

export const roleColumns = [nameColumn, createdAtColumn] as const;
