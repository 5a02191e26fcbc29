// What the client wants the answer to be: the object itself, its metadata, or a Table, as JSON or
// YAML. Where the real one differs: it also speaks protobuf.
// Upstream: apiserver/pkg/endpoints/handlers/negotiation.
import { StatusError } from '../../api/status-error';

export interface MediaType {
  type: string;
  parameters: Readonly<Record<string, string>>;
}

export type Transform = 'Table' | 'PartialObjectMetadata' | 'PartialObjectMetadataList';

export interface Wanted {
  /** Undefined for the object itself. */
  transform?: Transform;
  /** 'v1' or 'v1beta1' of meta.k8s.io. */
  metaVersion: string;
  isYaml: boolean;
}

const TRANSFORMS: ReadonlySet<string> = new Set([
  'Table',
  'PartialObjectMetadata',
  'PartialObjectMetadataList',
]);

/** 'application/json;as=Table;v=v1' in its parts. */
export function parseMediaType(text: string): MediaType {
  const [type, ...rest] = text.split(';').map((part) => part.trim());
  const parameters = rest.map((part) => {
    const equals = part.indexOf('=');
    return [part.slice(0, equals).toLowerCase(), part.slice(equals + 1).replaceAll('"', '')];
  });
  return { type: type.toLowerCase(), parameters: Object.fromEntries(parameters) };
}

/** The client's choices, the one it likes best first. */
export function parseAccept(accept: string | undefined): MediaType[] {
  if (!accept?.trim()) return [{ type: '*/*', parameters: {} }];
  const quality = ({ parameters }: MediaType): number => Number(parameters.q ?? 1);
  return accept
    .split(',')
    .map(parseMediaType)
    .sort((a, b) => quality(b) - quality(a));
}

export function isJson({ type }: MediaType): boolean {
  return type === 'application/json' || type === 'application/*' || type === '*/*';
}

/**
 * `hasYaml`: the server can write it; `hasTable`: the kind has one, as reviews have not. Throws 406
 * when the client wants nothing that is served.
 */
export function negotiate(accept: string | undefined, hasYaml = false, hasTable = true): Wanted {
  const choices = parseAccept(accept).filter(
    (choice) => isJson(choice) || (hasYaml && choice.type === YAML),
  );
  for (const { type, parameters } of choices) {
    const isYaml = type === YAML;
    const { as, v: metaVersion = 'v1', g } = parameters;
    if (as === undefined) return { metaVersion: 'v1', isYaml };
    const isMeta = g === undefined || g === 'meta.k8s.io';
    if (as === 'Table' && !hasTable) continue;
    if (isMeta && TRANSFORMS.has(as) && (metaVersion === 'v1' || metaVersion === 'v1beta1')) {
      return { transform: as as Transform, metaVersion, isYaml };
    }
  }
  throw choices.length > 0 ? notAcceptable(ONLY_ACCEPTED) : notAcceptable(NO_REPRESENTATION, {});
}

const YAML = 'application/yaml';
const SERVED = 'application/json, application/yaml, application/vnd.kubernetes.protobuf';
const ONLY_ACCEPTED = `only the following media types are accepted: ${SERVED}`;
const NO_REPRESENTATION = `406: Not Acceptable\n\nAvailable representations: ${SERVED}`;

export function notAcceptable(message = ONLY_ACCEPTED, details?: object): StatusError {
  return new StatusError(406, 'NotAcceptable', message, details);
}
