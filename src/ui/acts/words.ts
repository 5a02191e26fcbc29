// The words of acts, in the language of the page.
import { wordsOf } from '../../i18n/catalog';
import { acts } from '../../i18n/en/acts';

export const words = wordsOf('acts', acts);
