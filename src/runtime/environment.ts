// The variables that a container's command speaks of, with their values: what a command does may
// depend on them, as with the completion index of a Job's pod.
import type { Container, EnvVar, Pod } from '../api/types';

export type Environment = Readonly<Record<string, string>>;

export const NO_ENVIRONMENT: Environment = Object.freeze({});

/** Told as if it were a variable: the one file whose content scripts need. */
const NAMESPACE_FILE = '/var/run/secrets/kubernetes.io/serviceaccount/namespace';

/** What stands for a value that another object has. */
const SOMETHING = 'value';

/** Those variables of the container that its words name. */
export function spokenEnvironment(
  { env = [], command = [], args = [] }: Container,
  pod: Pod,
): Environment {
  if (command.length + args.length === 0) return NO_ENVIRONMENT;
  const text = [...command, ...args].join('\n');
  let spoken: Record<string, string> | undefined;
  if (/hostname/i.test(text)) spoken = { HOSTNAME: pod.spec.hostname || pod.metadata.name };
  if (text.includes(NAMESPACE_FILE)) {
    (spoken ??= {})[NAMESPACE_FILE] = pod.metadata.namespace!;
  }
  for (const variable of env) {
    if (!text.includes(variable.name)) continue;
    (spoken ??= {})[variable.name] = variableValue(variable, pod) ?? SOMETHING;
  }
  return spoken ?? NO_ENVIRONMENT;
}

/** Undefined where the value stands in another object, or is not known here. */
export function variableValue({ value, valueFrom }: EnvVar, { metadata }: Pod): string | undefined {
  if (!valueFrom) return value ?? '';
  const path = valueFrom.fieldRef?.fieldPath ?? '';
  const entry = /^metadata\.(labels|annotations)\['(.+)'\]$/.exec(path);
  if (entry) return metadata[entry[1] as 'labels' | 'annotations']?.[entry[2]] ?? '';
  if (path === 'metadata.name') return metadata.name;
  return path === 'metadata.namespace' ? metadata.namespace : undefined;
}
