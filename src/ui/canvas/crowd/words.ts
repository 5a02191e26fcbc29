// The words of a large cluster, of looking for things and of presets, in the page's language.
import { catalog } from '../../../i18n/catalog';

export const words = catalog.scale;
