// What the API server has against writes, for tables of bad input.
import { StatusError } from '../api/status-error';

/** A line for each cause; none when the act was allowed. */
export function complaints(act: () => unknown): string[] {
  try {
    act();
    return [];
  } catch (error) {
    if (!(error instanceof StatusError)) throw error;
    const causes = error.details?.causes;
    if (!causes) return [error.message];
    return causes.map(({ field, message }) => (field ? `${field}: ${message}` : message!));
  }
}

/** The table as a fixture holds it: what was tried, and below it what was said. */
export function complaintsText<T>(
  tried: Readonly<Record<string, T>>,
  attempt: (value: T) => string[],
): string {
  const lines = Object.entries(tried).flatMap(([what, value]) => [
    `${what}:`,
    ...attempt(value).map((line) => '  ' + line.replace(UID, '<uid>')),
  ]);
  return lines.join('\n') + '\n';
}

const UID = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;
