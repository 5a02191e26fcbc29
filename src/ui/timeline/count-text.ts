// Counts in words: what a person hears who cannot see the areas.
import { listed } from '../state/language';
import { AREAS, sum, type Counts } from './count-view';
import { numberText } from './number-text';
import { words } from './time-words';

/** '12 pending, 3 crashing, of 3,107 Pods', or that all run. */
export function countText({ areas, running, all }: Counts): string {
  if (all === 0) return words.counts.none;
  if (sum(areas) === 0) return words.counts.allRun(running);
  const parts = AREAS.flatMap((look, index) => {
    const count = areas[index]!;
    return count > 0 ? [words.counts.part(numberText(count), words.counts.looks[look])] : [];
  });
  return listed([...parts, words.counts.inAll(all)]);
}
