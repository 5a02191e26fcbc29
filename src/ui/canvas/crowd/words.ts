// The words of a large cluster, of looking for things and of presets, in the page's language.
import { wordsOf } from '../../../i18n/catalog';
import { scale } from '../../../i18n/en/scale';

export const words = wordsOf('scale', scale);
