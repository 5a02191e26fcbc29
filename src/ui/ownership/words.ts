// The words of the ownership view, in the language of the page.
import { wordsOf } from '../../i18n/catalog';
import { ownership } from '../../i18n/en/ownership';

export const words = wordsOf('ownership', ownership);
