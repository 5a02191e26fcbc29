// The words of the inspector, in the language of the page.
import { catalog } from '../../i18n/catalog';

export interface ComponentWords {
  does: string;
  without: string;
}

export const inspectorMessages = catalog.inspector;
