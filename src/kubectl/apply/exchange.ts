// A conversation with an API server as a generator: it yields requests and is handed the answers.
// So one piece of code serves the page (answers come by promise), the simulated terminal (answers
// cost virtual time) and a test (answers come from a table), and none of them leaks into it.
import type { Status } from '../../api/status-error';

export interface WireRequest {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Path with query: '/api/v1/pods?limit=500'. */
  path: string;
  headers?: Record<string, string>;
  /** JSON text. */
  body?: string;
}

export interface WireResponse {
  status: number;
  headers: Record<string, string>;
  body: string;
}

export type Exchange<T> = Generator<WireRequest, T, WireResponse>;

/** What the server answered, read: an object, or the Status that says why not. */
export type Answer<T> =
  | { ok: true; object: T; warnings: string[] }
  | { ok: false; status: Status; warnings: string[] };

/** Sends one request and reads its answer. */
export function* ask<T>(request: WireRequest): Exchange<Answer<T>> {
  return readAnswer<T>(yield request);
}

export function readAnswer<T>(response: WireResponse): Answer<T> {
  const warnings = parseWarnings(response.headers['warning'] ?? response.headers['Warning'] ?? '');
  if (response.status >= 200 && response.status < 300) {
    return { ok: true, object: JSON.parse(response.body) as T, warnings };
  }
  return { ok: false, status: readStatus(response), warnings };
}

/**
 * The Status in a failed answer; one is made up when a proxy or a broken server sent something
 * else.
 */
function readStatus(response: WireResponse): Status {
  try {
    const body = JSON.parse(response.body) as Status;
    if (body.kind === 'Status') return body;
  } catch {
    // Not JSON: the text itself is the message below.
  }
  return {
    kind: 'Status',
    apiVersion: 'v1',
    metadata: {},
    status: 'Failure',
    message: response.body || `the server answered ${response.status}`,
    reason: 'Unknown',
    code: response.status,
  };
}

/** The texts of RFC 7234 Warning headers, several of which may be joined by commas. */
export function parseWarnings(header: string): string[] {
  const texts: string[] = [];
  for (const match of header.matchAll(/\b299\s+\S+\s+"((?:[^"\\]|\\.)*)"/g)) {
    texts.push(match[1]!.replace(/\\(.)/g, '$1'));
  }
  return texts;
}
