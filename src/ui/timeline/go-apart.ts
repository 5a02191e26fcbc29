// Takes a course of its own from a cluster that others share: the cluster of the moment is kept
// under a new name in this browser, and a tab opens that runs it.
import { copyDraft } from '../state/editor-store';
import { engineStore } from '../state/engine-store';
import type { AskedApart } from '../state/history';
import { SavedClusters } from '../state/saved-clusters';
import { branchSlot } from '../state/slot';
import { words } from './time-words';

/** Opens it; answers why not, '' when it did. */
export async function goApart(asked: AskedApart): Promise<string> {
  const { engine } = engineStore.getState();
  if (!engine) return words.apart.failed('');
  // At once, while it is the person's own doing: a tab that opens by itself is stopped.
  const tab = window.open('', '_blank');
  try {
    const { saved, preset, seed } = await engine.apart(asked);
    if (saved === null) throw new RangeError(words.apart.tooLarge);
    const branch = crypto.getRandomValues(new Uint32Array(2)).join('-');
    const slot = branchSlot(branch);
    const origin = { preset, seed, speed: 1, paused: false };
    const savedAtMs = Date.now();
    await new SavedClusters().save({ slot, format: 1, savedAtMs, ...origin, saved });
    copyDraft(localStorage, slot);
    const address = `${location.pathname}?branch=${branch}`;
    if (tab) tab.location.href = address;
    else location.assign(address);
    return '';
  } catch (error) {
    tab?.close();
    if (error instanceof RangeError) return error.message;
    return words.apart.failed(error instanceof Error ? error.message : String(error));
  }
}
