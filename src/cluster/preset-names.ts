import { PRESETS } from '../world/presets';
import { morePresets } from '../world/presets/extension';

/** Of every cluster that can be begun with, the first one first. */
export const PRESET_NAMES: readonly string[] = [...PRESETS, ...morePresets].map(({ name }) => name);
