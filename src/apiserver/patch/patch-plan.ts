// How strategic merge patch treats each field of a type, worked out once a type from the wire
// schema and the list metadata.
import { listMetadata } from '../../api/list-metadata';
import { typeSchema } from '../decode/known-types';

export interface FieldPlan {
  /** The type of the object, or of the list's items or the map's values; undefined for the rest. */
  readonly typeName: string | undefined;
  readonly strategy: 'merge' | 'replace';
  /** '' for lists of scalars. */
  readonly mergeKey: string;
}

export type TypePlan = Readonly<Record<string, FieldPlan>>;

const UNTYPED: TypePlan = {};
const plans = new Map<string, TypePlan>();

/** The plan of a type; without a type every object is merged and every list is replaced. */
export function planOf(typeName: string | undefined): TypePlan {
  if (typeName === undefined) return UNTYPED;
  let plan = plans.get(typeName);
  if (!plan) {
    plan = buildPlan(typeName);
    plans.set(typeName, plan);
  }
  return plan;
}

function buildPlan(typeName: string): TypePlan {
  const plan: Record<string, FieldPlan> = {};
  for (const [field, type] of Object.entries(typeSchema(typeName)?.fields ?? {})) {
    const metadata = listMetadata[`${typeName}.${field}`];
    const isList = type[0] === '[';
    const strategies = metadata?.patchStrategy?.split(',') ?? [];
    const merges = isList ? strategies.includes('merge') : !strategies.includes('replace');
    plan[field] = {
      typeName: type.includes('@') ? type.slice(type.indexOf('@') + 1) : undefined,
      strategy: merges ? 'merge' : 'replace',
      mergeKey: metadata?.mergeKey ?? '',
    };
  }
  return plan;
}
