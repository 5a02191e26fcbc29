// The dialect of YAML that kubectl reads: 1.1 (so `0644` is 420 and `on` is true) as Go's reader
// has it, that is without timestamps, sets, ordered maps, binary and base-60 numbers ("80:80" is
// text).
import type { Tags } from 'yaml';

const DROPPED = new Set(['timestamp', 'set', 'omap', 'pairs', 'binary']);

/** Filters the tags of the YAML 1.1 schema. */
export function kubeTags(tags: Tags): Tags {
  return tags.filter((tag) => {
    if (typeof tag === 'string') return !DROPPED.has(tag) && !tag.endsWith('Time');
    const name = tag.tag.slice(tag.tag.lastIndexOf(':') + 1);
    return !DROPPED.has(name) && !('format' in tag && tag.format === 'TIME');
  });
}
