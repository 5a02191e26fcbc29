// The words of acts, in the language of the page.
import { catalog } from '../../i18n/catalog';

export const words = catalog.acts;
