/**
 * The text with every over-long comment line wrapped; a file that does not parse stays as it is.
 */
export function wrapComments(path: string, text: string): string;
