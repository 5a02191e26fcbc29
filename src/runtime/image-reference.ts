// Names of images, as containerd and the kubelet read them: 'nginx' is
// docker.io/library/nginx:latest.
// Upstream: github.com/distribution/reference.

export interface ImageReference {
  /** Registry and repository: 'docker.io/library/nginx'. */
  name: string;
  /** '' when only a digest is given. */
  tag: string;
  /** 'sha256:...', or ''. */
  digest: string;
}

const TAG = /^[\w][\w.-]{0,127}$/;
const DIGEST = /^[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,}$/;
const HOST = /^(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9.-]*[a-zA-Z0-9])(?::[0-9]+)?$/;
const PATH_PART = /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*$/;
const ANY_CASE_PATH_PART = /^[a-zA-Z0-9]+(?:(?:\.|_|__|-+)[a-zA-Z0-9]+)*$/;

/** A text that names no image; the message is the reference library's. */
export class ImageReferenceError extends Error {
  override readonly name = 'ImageReferenceError';
}

const cache = new Map<string, ImageReference>();
const CACHE_MAX = 1024;

/** Throws ImageReferenceError. */
export function parseImage(text: string): ImageReference {
  const known = cache.get(text);
  if (known) return known;
  const reference = Object.freeze(parse(text));
  if (cache.size >= CACHE_MAX) cache.clear();
  cache.set(text, reference);
  return reference;
}

/** The whole name by which the runtime knows an image: 'docker.io/library/nginx:1.27'. */
export function canonicalImage({ name, tag, digest }: ImageReference): string {
  return digest ? name + '@' + digest : name + ':' + tag;
}

/** As `canonicalImage`, '' for a text that names no image. */
export function canonicalName(text: string): string {
  try {
    return canonicalImage(parseImage(text));
  } catch (error) {
    if (error instanceof ImageReferenceError) return '';
    throw error;
  }
}

function parse(text: string): ImageReference {
  const at = text.indexOf('@');
  const digest = at < 0 ? '' : text.slice(at + 1);
  const tagged = at < 0 ? text : text.slice(0, at);
  const colon = tagged.indexOf(':', tagged.lastIndexOf('/') + 1);
  const repository = colon < 0 ? tagged : tagged.slice(0, colon);
  const tag = colon < 0 ? '' : tagged.slice(colon + 1);
  if ((colon >= 0 && !TAG.test(tag)) || (at >= 0 && !DIGEST.test(digest))) throw malformed();
  return { name: normalizedName(repository), tag: tag || (digest ? '' : 'latest'), digest };
}

function normalizedName(repository: string): string {
  const slash = repository.indexOf('/');
  const first = repository.slice(0, Math.max(slash, 0));
  const isHost = first === 'localhost' || /[.:A-Z]/.test(first);
  const host = isHost ? first : 'docker.io';
  let path = isHost ? repository.slice(slash + 1) : repository;
  if (host === 'docker.io' && !path.includes('/')) path = 'library/' + path;
  if (!HOST.test(host)) throw malformed();
  const parts = path.split('/');
  if (!parts.every((part) => PATH_PART.test(part))) {
    if (!parts.every((part) => ANY_CASE_PATH_PART.test(part))) throw malformed();
    throw malformed(`: repository name (${path}) must be lowercase`);
  }
  return host + '/' + path;
}

function malformed(detail = ''): ImageReferenceError {
  return new ImageReferenceError('invalid reference format' + detail);
}
