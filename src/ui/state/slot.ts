// Which cluster this page is about, by its address: the visitor's own, that of a share link (kept
// apart, so that opening a link never costs anybody their own), or one in a frame, which keeps
// nothing. The editor's draft is kept under the same name.
import { PRESET_IDS, type PresetId } from './presets';
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
  /** The cluster that the address asks for, and the pods of workloads to fill it with. */
  preset: PresetId | null;
  pods: number;
  /** What went on apart from a cluster that others share, by the name of its slot. */
  branch: string | null;
}

export function pageParameters({ search }: PageAddress): PageParameters {
  const query = new URLSearchParams(search);
  const theme = query.get('theme');
  const seed = Number(query.get('seed') ?? Number.NaN);
  return {
    embed: query.get('embed') === '1',
    theme: theme === 'light' || theme === 'dark' ? theme : null,
    seed: Number.isSafeInteger(seed) ? seed : null,
    preset: presetOf(query.get('preset')),
    pods: podsOf(query.get('pods')),
    branch: /^[\w-]{1,40}$/.exec(query.get('branch') ?? '')?.[0] ?? null,
  };
}

/** The slot's name; null when nothing is kept. */
export function slotOf(address: PageAddress): string | null {
  // A server keeps its cluster itself.
  if (pageParameters(address).embed || remotePath() !== undefined) return null;
  if (/^#v\d+\./.test(address.hash)) return `shared-${textHash(address.hash)}`;
  const { preset, pods, branch } = pageParameters(address);
  if (branch !== null) return branchSlot(branch);
  // One that the address asks for does not take the place of the visitor's own.
  return preset === null ? OWN_SLOT : `preset-${preset}-${pods}`;
}

/** Where a branch is kept that the address calls so. */
export function branchSlot(branch: string): string {
  return `branch-${branch}`;
}

function presetOf(text: string | null): PresetId | null {
  return PRESET_IDS.find((id) => id === text) ?? null;
}

/** As large as a cluster gets. */
const podsMax = 150_000;

function podsOf(text: string | null): number {
  const pods = Number(text ?? 0);
  return Number.isSafeInteger(pods) && pods > 0 ? Math.min(pods, podsMax) : 0;
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
