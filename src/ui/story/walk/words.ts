// The words of the walk behind a pod, in the language of the page.
import { wordsOf } from '../../../i18n/catalog';
import { walk } from '../../../i18n/en/walk';

export const words = wordsOf('walk', walk);
