// The words for the inside of a pod, in the language of the page.
import { wordsOf } from '../../../i18n/catalog';
import { inside as english } from '../../../i18n/en/canvas-inside';

export const inside = wordsOf('inside', english);
