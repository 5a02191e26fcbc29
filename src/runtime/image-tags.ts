// Which tags of an image were published, told by ranges of versions and names of variants.

export interface PublishedTags {
  /** Tags besides 'latest' that are no versions: 'stable', ... */
  readonly names?: readonly string[];
  /** Versions: '3' is 3 and all below it, '3..5' several majors, '1.0..29' minors of major 1. */
  readonly versions?: readonly string[];
  /** What may follow a version or name after a dash, or stand alone; release numbers may follow. */
  readonly variants?: readonly string[];
  /** True when the number of a build may follow a version: '1.14-4'. */
  readonly hasBuilds?: boolean;
  /** True when they are not known one by one: any is there. */
  readonly isOpen?: boolean;
}

const VERSION = /^v?(\d+)(?:\.(\d+))?(?:\.\d+)?$/;

/** True when a registry knows that tag. */
export function isPublished(tags: PublishedTags, tag: string): boolean {
  if (tag === 'latest' || tags.isOpen) return true;
  const [head, ...tail] = tag.split('-');
  const isSuffix = (part: string): boolean =>
    isVariant(tags, part) || (tags.hasBuilds === true && /^\d+$/.test(part));
  if (!tail.every(isSuffix)) return false;
  return Boolean(tags.names?.includes(head)) || isVariant(tags, head) || isVersion(tags, head);
}

function isVariant(tags: PublishedTags, part: string): boolean {
  return Boolean(tags.variants?.includes(part.replace(/[\d.]+$/, '')));
}

function isVersion(tags: PublishedTags, text: string): boolean {
  const match = VERSION.exec(text);
  if (!match) return false;
  const major = Number(match[1]);
  const minor = match[2] === undefined ? undefined : Number(match[2]);
  return Boolean(tags.versions?.some((range) => isWithin(range, major, minor)));
}

function isWithin(range: string, major: number, minor: number | undefined): boolean {
  const dot = range.indexOf('.');
  const hasMinors = dot > 0 && range[dot + 1] !== '.';
  if (!hasMinors) return isBetween(range, major);
  const isMajor = Number(range.slice(0, dot)) === major;
  return isMajor && (minor === undefined || isBetween(range.slice(dot + 1), minor));
}

function isBetween(range: string, value: number): boolean {
  const [first, last = first] = range.split('..').map(Number);
  return value >= first && value <= last;
}
