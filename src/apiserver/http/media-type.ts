// What the client wants the answer to be: JSON of the object itself, of its metadata, or a Table.
// Where the real one differs: it also speaks YAML, protobuf and CBOR.
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

/** Throws 406 when the client wants nothing that is served. */
export function negotiate(accept: string | undefined): Wanted {
  const choices = parseAccept(accept).filter(isJson);
  for (const { parameters } of choices) {
    const { as, v: metaVersion = 'v1', g } = parameters;
    if (as === undefined) return { metaVersion: 'v1' };
    const isMeta = g === undefined || g === 'meta.k8s.io';
    if (isMeta && TRANSFORMS.has(as) && (metaVersion === 'v1' || metaVersion === 'v1beta1')) {
      return { transform: as as Transform, metaVersion };
    }
  }
  throw choices.length > 0 ? notAcceptable(ONLY_ACCEPTED) : notAcceptable(NO_REPRESENTATION, {});
}

const ONLY_ACCEPTED = 'only the following media types are accepted: application/json';
const NO_REPRESENTATION = '406: Not Acceptable\n\nAvailable representations: application/json';

export function notAcceptable(message = ONLY_ACCEPTED, details?: object): StatusError {
  return new StatusError(406, 'NotAcceptable', message, details);
}
