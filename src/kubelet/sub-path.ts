// Paths in volumes that are made of the container's variables, and what is wrong with them.
// Upstream: pkg/kubelet/kubelet_pods.go (makeMounts), pkg/kubelet/container/helpers.go.
import type { Container as ContainerSpec, Pod } from '../api/types';
import { variableValue } from '../runtime/environment';

/** Why a mount cannot be made, in the kubelet's words; '' when all can. */
export function subPathProblem(spec: ContainerSpec, pod: Pod): string {
  for (const { subPathExpr } of spec.volumeMounts ?? []) {
    const problem = subPathExpr ? problemOf(subPathExpr, spec, pod) : '';
    if (problem) return problem;
  }
  return '';
}

function problemOf(expression: string, { env = [] }: ContainerSpec, pod: Pod): string {
  const missing = new Set<string>();
  const path = expression.replace(/\$\(([^)]+)\)/g, (_, name: string) => {
    const variable = env.findLast((each) => each.name === name);
    const value = variable && variableValue(variable, pod);
    // What stands in another object is not looked up here: it is taken to be fine.
    if (variable && value === undefined) return name;
    if (!value) missing.add(name);
    return value ?? '';
  });
  if (missing.size > 0) return `missing value for ${[...missing].sort().join(', ')}`;
  if (path.startsWith('/')) return `error SubPath \`${path}\` must not be an absolute path`;
  return path.split('/').includes('..')
    ? `unable to provision SubPath \`${path}\`: must not contain '..'`
    : '';
}
