// The refusal of an apply that would change what others own.
// Upstream: apimachinery/pkg/util/managedfields/internal/conflict.go.
import { StatusError } from '../../api/status-error';
import { compareTexts, identityOf, type Ownership } from './managed-fields';
import type { FieldConflict } from './ownership-update';
import { describePath } from './path-element';

export function applyConflict(conflicts: readonly FieldConflict[]): StatusError {
  const sorted = conflicts.toSorted((a, b) =>
    compareTexts(identityOf(a.owner), identityOf(b.owner)),
  );
  const causes = sorted.map(({ owner, path }) => ({
    reason: 'FieldManagerConflict',
    message: `conflict with ${describeOwner(owner)}`,
    field: describePath(path),
  }));
  return new StatusError(409, 'Conflict', messageOf(sorted), { causes });
}

function messageOf(conflicts: readonly FieldConflict[]): string {
  if (conflicts.length === 1) {
    const [{ owner, path }] = conflicts;
    const what = `conflict with ${describeOwner(owner)}: ${describePath(path)}`;
    return `Apply failed with 1 conflict: ${what}`;
  }
  const lines: string[] = [];
  let former: Ownership | undefined;
  for (const { owner, path } of conflicts) {
    if (owner !== former) lines.push(`conflicts with ${describeOwner(owner)}:`);
    former = owner;
    lines.push(`- ${describePath(path)}`);
  }
  return `Apply failed with ${conflicts.length} conflicts: ${lines.join('\n')}`;
}

/** '"kubectl" with subresource "scale" using apps/v1'; appliers have no version. */
function describeOwner({ manager, subresource, operation, apiVersion }: Ownership): string {
  const name = JSON.stringify(manager);
  const whole = subresource ? `${name} with subresource ${JSON.stringify(subresource)}` : name;
  return operation === 'Update' ? `${whole} using ${apiVersion}` : whole;
}
