// The words of the canvas, in the language of the page.
import { catalog } from '../../i18n/catalog';

export const messages = catalog.canvas;
