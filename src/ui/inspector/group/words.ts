// The words of the panel of many nodes, in the language of the page.
import { wordsOf } from '../../../i18n/catalog';
import { panels } from '../../../i18n/en/panels';

export const words = wordsOf('panels', panels);
