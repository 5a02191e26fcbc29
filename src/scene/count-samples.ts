// How many pods looked each way, as a series of samples: each holds from its moment until the next.
// A long series is thinned where that is least to be seen; what is left stays true of its moment.
export interface CountSample {
  atMs: number;
  /** In the order of `POD_LOOKS`. */
  counts: readonly number[];
}

/** So much older, and a difference shows half as well. */
const AGE_MS = 60_000;

/** At most so many of the samples; the first and the last are always among them. */
export function thinned(samples: readonly CountSample[], most: number): readonly CountSample[] {
  let kept = samples;
  while (kept.length > Math.max(2, most)) kept = pass(kept, kept.length - Math.max(2, most));
  return kept;
}

/** Leaves out up to `surplus` samples, of neighbours only one. */
function pass(samples: readonly CountSample[], surplus: number): readonly CountSample[] {
  const losses = samples.map((_, index) => lossOf(samples, index));
  const limit = losses.toSorted((a, b) => a - b)[surplus - 1]!;
  let left = surplus;
  let wasDropped = false;
  return samples.filter((_, index) => {
    wasDropped = !wasDropped && left > 0 && losses[index]! <= limit;
    if (wasDropped) left--;
    return !wasDropped;
  });
}

/** Pods times time that would be told wrongly without a sample; less where it is long ago. */
function lossOf(samples: readonly CountSample[], index: number): number {
  const [before, at, after] = [samples[index - 1], samples[index]!, samples[index + 1]];
  if (!before || !after) return Infinity;
  let moved = 0;
  at.counts.forEach((count, look) => (moved += Math.abs(count - before.counts[look]!)));
  const ageMs = samples.at(-1)!.atMs - at.atMs;
  return (moved * (after.atMs - at.atMs)) / (1 + ageMs / AGE_MS);
}
