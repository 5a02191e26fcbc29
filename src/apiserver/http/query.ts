// The query of a URL, and the options that the API reads from it, parsed as Go parses them.
import { badRequest } from '../../api/status-error';

export class Query {
  private readonly values = new Map<string, string[]>();

  /** `text` is what follows the question mark. */
  constructor(text: string) {
    for (const pair of text.split('&')) {
      if (pair === '') continue;
      const equals = pair.indexOf('=');
      const key = decode(equals < 0 ? pair : pair.slice(0, equals));
      const value = equals < 0 ? '' : decode(pair.slice(equals + 1));
      const known = this.values.get(key);
      if (known) known.push(value);
      else this.values.set(key, [value]);
    }
  }

  has(key: string): boolean {
    return this.values.has(key);
  }

  /** The first value, or '' when there is none. */
  text(key: string): string {
    return this.values.get(key)?.[0] ?? '';
  }

  all(key: string): readonly string[] {
    return this.values.get(key) ?? [];
  }

  /** True unless it is missing, '0' or 'false': whatever else is given counts as true. */
  flag(key: string): boolean {
    const value = this.values.get(key)?.[0];
    return value !== undefined && value !== '0' && value !== 'false';
  }

  /** Undefined when missing or empty. Throws 400 when it is no integer. */
  integer(key: string): number | undefined {
    const value = this.text(key);
    if (value === '') return undefined;
    if (/^[-+]?\d+$/.test(value)) return Number(value);
    throw badRequest(`strconv.ParseInt: parsing ${JSON.stringify(value)}: invalid syntax`);
  }
}

function decode(text: string): string {
  const spaced = text.replaceAll('+', ' ');
  try {
    return decodeURIComponent(spaced);
  } catch {
    return spaced;
  }
}
