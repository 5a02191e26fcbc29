// The words for the inside of a pod, in the language of the page.
import { catalog } from '../../../i18n/catalog';

export const inside = catalog.canvas.inside;
