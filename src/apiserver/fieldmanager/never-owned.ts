// Fields that belong to nobody: what says which object this is, and metadata that the server alone
// keeps. Upstream: apimachinery/pkg/util/managedfields/internal/stripmeta.go.
import { FieldSet } from './field-set';

const METADATA = [
  'name',
  'namespace',
  'creationTimestamp',
  'selfLink',
  'uid',
  'clusterName',
  'generation',
  'managedFields',
  'resourceVersion',
];

export const NEVER_OWNED = FieldSet.of(
  ['apiVersion'],
  ['kind'],
  ['metadata'],
  ...METADATA.map((name) => ['metadata', name]),
);
