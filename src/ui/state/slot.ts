// Which cluster this page is about, by its address: the visitor's own, that of a share link (kept
// apart, so that opening a link never costs anybody their own), or one in a frame, which keeps
// nothing. The editor's draft is kept under the same name.
import { remotePath } from './remote-engine';
import { OWN_SLOT } from './saved-clusters';

export interface PageAddress {
  /** '?embed=1' */
  search: string;
  /** '#v1....' */
  hash: string;
}

export interface PageParameters {
  embed: boolean;
  theme: 'light' | 'dark' | null;
  /** Seed of a new cluster. */
  seed: number | null;
}

export function pageParameters({ search }: PageAddress): PageParameters {
  const query = new URLSearchParams(search);
  const theme = query.get('theme');
  const seed = Number(query.get('seed') ?? Number.NaN);
  return {
    embed: query.get('embed') === '1',
    theme: theme === 'light' || theme === 'dark' ? theme : null,
    seed: Number.isSafeInteger(seed) ? seed : null,
  };
}

/** The slot's name; null when nothing is kept. */
export function slotOf(address: PageAddress): string | null {
  // A server keeps its cluster itself.
  if (pageParameters(address).embed || remotePath() !== undefined) return null;
  return /^#v\d+\./.test(address.hash) ? `shared-${textHash(address.hash)}` : OWN_SLOT;
}

/** FNV-1a over 53 bits, enough to tell a visitor's links apart. */
function textHash(text: string): string {
  let low = 0x811c9dc5;
  let high = 0x1000193;
  for (let at = 0; at < text.length; at += 1) {
    low = Math.imul(low ^ text.charCodeAt(at), 0x01000193);
    high = Math.imul(high ^ text.charCodeAt(at), 0x85ebca6b);
  }
  return (low >>> 0).toString(36) + (high >>> 0).toString(36);
}
