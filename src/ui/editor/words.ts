// The words of the editor's later parts, in the language of the page.
import { wordsOf } from '../../i18n/catalog';
import { editor } from '../../i18n/en/editor';

export const words = wordsOf('editor', editor);
