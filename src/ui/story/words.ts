// The words of the story, in the language of the page.
import { wordsOf } from '../../i18n/catalog';
import { stories } from '../../i18n/en/stories';

export const words = wordsOf('stories', stories);
