// Answers in the shape in which the real server sends them: bodies, headers, Status for errors.
// Upstream: apiserver/pkg/endpoints/handlers/responsewriters.
import { ConnectionError, StatusError, type Status } from '../../api/status-error';
import type { HttpResponse } from './http';

const JSON_TYPE = 'application/json';
const CACHE_CONTROL = 'no-cache, private';

export interface ResponseStyle {
  /** Indented, for people. */
  pretty: boolean;
}

export function jsonResponse(
  status: number,
  body: unknown,
  style: ResponseStyle,
  contentType = JSON_TYPE,
): HttpResponse {
  return jsonTextResponse(status, stringify(body, style), contentType);
}

export function jsonTextResponse(
  status: number,
  text: string,
  contentType = JSON_TYPE,
): HttpResponse {
  const headers = { 'Content-Type': contentType, 'Cache-Control': CACHE_CONTROL };
  return { status, headers, body: text + '\n' };
}

export function yamlResponse(status: number, body: string): HttpResponse {
  const headers = { 'Content-Type': 'application/yaml', 'Cache-Control': CACHE_CONTROL };
  return { status, headers, body };
}

export function textResponse(status: number, body: string): HttpResponse {
  const headers = {
    'Content-Type': 'text/plain; charset=utf-8',
    'Cache-Control': CACHE_CONTROL,
    'X-Content-Type-Options': 'nosniff',
  };
  return { status, headers, body };
}

export function stringify(body: unknown, { pretty }: ResponseStyle): string {
  return pretty ? JSON.stringify(body, null, 2) : JSON.stringify(body);
}

/** The answer to what a handler threw. What is no error of the API is a bug and thrown again. */
export function errorResponse(error: unknown, style: ResponseStyle): HttpResponse {
  const status = errorStatus(error);
  const response = jsonResponse(status.code ?? 500, status, style);
  const retryAfter = status.details?.retryAfterSeconds;
  if (retryAfter !== undefined) response.headers['Retry-After'] = String(retryAfter);
  return response;
}

/** The Status of an error; rethrows what is no error of the API. */
export function errorStatus(error: unknown): Status {
  if (error instanceof ConnectionError) {
    return new StatusError(503, 'ServiceUnavailable', error.message).toStatus();
  }
  if (!(error instanceof StatusError)) throw error;
  const status = error.toStatus();
  if (!status.reason) delete status.reason;
  return status;
}

/** Adds what the server wants to warn of, as RFC 7234 has it. */
export function addWarnings(response: HttpResponse, warnings: readonly string[]): HttpResponse {
  if (warnings.length === 0) return response;
  const values = [...new Set(warnings)].map((text) => `299 - ${quote(text)}`);
  return { ...response, headers: { ...response.headers, Warning: values.join(', ') } };
}

function quote(text: string): string {
  // eslint-disable-next-line no-control-regex
  return '"' + text.replace(/[\u0000-\u001f\u007f]/g, ' ').replace(/["\\]/g, '\\$&') + '"';
}

/** What a path or resource that is not served gives below a group and version that are. */
export function noSuchResource(): StatusError {
  const message = 'the server could not find the requested resource';
  return new StatusError(404, 'NotFound', message, {});
}

export function methodNotAllowed(): StatusError {
  const message = 'the server does not allow this method on the requested resource';
  return new StatusError(405, 'MethodNotAllowed', message, {});
}
