import { catalog } from '../../i18n/catalog';
import { PRESET_IDS, type PresetId } from '../state/presets';

const words = catalog.tools;

/** As its tool is called, or by its size. */
export function clusterName(preset: string): string {
  return PRESET_IDS.includes(preset as PresetId) ? words.presets[preset as PresetId] : preset;
}
