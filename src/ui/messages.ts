// The words of the page around the canvas, in the language of the page.
import { catalog } from '../i18n/catalog';

export const messages = catalog.page;

/** A key as people read it on their own keyboard. */
export function keyName(key: 'mod'): string {
  if (key !== 'mod') return key;
  return /Mac|iPhone|iPad/.test(navigator.platform) ? '⌘' : 'Ctrl';
}
