// From the text of a body to plain values. JSON the server reads itself; other formats come with
// the extension.
import type { ParsedJson } from './parse-json';

export interface ReadBody extends ParsedJson {
  /** What a strict reader refuses, beside duplicate keys of JSON: 'line 7: key "a" already set'. */
  readonly complaints: readonly string[];
}

/** Throws an error whose message is the format's own. */
export type ReadText = (text: string) => ReadBody;
