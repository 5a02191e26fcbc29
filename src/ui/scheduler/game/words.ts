// The words of being the scheduler, in the language of the page.
import { wordsOf } from '../../../i18n/catalog';
import { game } from '../../../i18n/en/game';

export const words = wordsOf('game', game);
