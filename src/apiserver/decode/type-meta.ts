import { jsonKind } from './go-types';

/** How every complaint about apiVersion and kind begins. */
export const NO_TYPE_META = `couldn't get version/kind; json parse error: json: cannot unmarshal`;

/**
 * What is wrong with an object's apiVersion or kind, in the server's words; '' when both are texts.
 */
export function typeMetaProblem(object: Readonly<Record<string, unknown>>): string {
  for (const field of ['apiVersion', 'kind']) {
    const part = object[field] ?? '';
    if (typeof part === 'string') continue;
    return `${NO_TYPE_META} ${jsonKind(part)} into Go struct field .${field} of type string`;
  }
  return '';
}
