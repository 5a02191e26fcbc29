// The words of the scheduler view, in the language of the page.
import { wordsOf } from '../../i18n/catalog';
import { scheduler } from '../../i18n/en/scheduler';

export const words = wordsOf('scheduler', scheduler);
