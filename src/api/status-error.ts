// Failures of the API: one error class that carries the Kubernetes Status, with the real server's
// words.
// Upstream: apimachinery/pkg/api/errors.

export interface StatusCause {
  reason: string;
  message: string;
  field?: string;
}

export interface StatusDetails {
  name?: string;
  group?: string;
  kind?: string;
  uid?: string;
  causes?: StatusCause[];
  retryAfterSeconds?: number;
}

/** The wire object of kind Status. */
export interface Status {
  kind: 'Status';
  apiVersion: 'v1';
  metadata: Record<string, unknown>;
  status: 'Success' | 'Failure';
  message?: string;
  reason?: string;
  details?: StatusDetails;
  /** Missing from the success of a delete. */
  code?: number;
}

export class StatusError extends Error {
  override readonly name = 'StatusError';
  constructor(
    readonly code: number,
    readonly reason: string,
    message: string,
    readonly details?: StatusDetails,
    /** With which the rest of a list can still be had. */
    readonly continueToken?: string,
  ) {
    super(message);
  }

  toStatus(): Status {
    const status: Status = {
      kind: 'Status',
      apiVersion: 'v1',
      metadata: this.continueToken === undefined ? {} : { continue: this.continueToken },
      status: 'Failure',
      message: this.message,
      reason: this.reason,
      code: this.code,
    };
    if (this.details) status.details = this.details;
    return status;
  }
}

/** The connection broke before an answer came: machine off, cable cut, or server down. */
export class ConnectionError extends Error {
  override readonly name = 'ConnectionError';
}

/** What an error speaks about: the plural resource (or the Kind, for Invalid) with its group. */
export interface ErrorSubject {
  group: string;
  resource: string;
}

function qualified({ group, resource }: ErrorSubject): string {
  return group ? resource + '.' + group : resource;
}

function detailsOf(subject: ErrorSubject, name: string): StatusDetails {
  const details: StatusDetails = {};
  if (name) details.name = name;
  if (subject.group) details.group = subject.group;
  if (subject.resource) details.kind = subject.resource;
  return details;
}

export function notFound(subject: ErrorSubject, name: string): StatusError {
  const message = `${qualified(subject)} ${JSON.stringify(name)} not found`;
  return new StatusError(404, 'NotFound', message, detailsOf(subject, name));
}

export function alreadyExists(subject: ErrorSubject, name: string): StatusError {
  const message = `${qualified(subject)} ${JSON.stringify(name)} already exists`;
  return new StatusError(409, 'AlreadyExists', message, detailsOf(subject, name));
}

export function conflict(subject: ErrorSubject, name: string, why: string): StatusError {
  const about = `${qualified(subject)} ${JSON.stringify(name)}`;
  const message = `Operation cannot be fulfilled on ${about}: ${why}`;
  return new StatusError(409, 'Conflict', message, detailsOf(subject, name));
}

/** Why an update with an old resourceVersion is refused. */
export const MODIFIED =
  'the object has been modified; please apply your changes to the latest version and try again';

export function badRequest(message: string): StatusError {
  return new StatusError(400, 'BadRequest', message);
}

export function forbidden(subject: ErrorSubject, name: string, why: string): StatusError {
  const about = name ? `${qualified(subject)} ${JSON.stringify(name)}` : qualified(subject);
  return new StatusError(
    403,
    'Forbidden',
    `${about} is forbidden: ${why}`,
    detailsOf(subject, name),
  );
}

export function methodNotSupported(subject: ErrorSubject, verb: string): StatusError {
  const kind = JSON.stringify(qualified(subject));
  const message = `${verb} is not supported on resources of kind ${kind}`;
  return new StatusError(405, 'MethodNotAllowed', message, detailsOf(subject, ''));
}

/** The revision asked for has been compacted away. */
export function expired(message: string): StatusError {
  return new StatusError(410, 'Expired', message);
}

export function tooManyRequests(message: string, retryAfterSeconds: number): StatusError {
  const details = retryAfterSeconds > 0 ? { retryAfterSeconds } : {};
  return new StatusError(429, 'TooManyRequests', message, details);
}

export function internalError(message: string): StatusError {
  return new StatusError(500, 'InternalError', `Internal error occurred: ${message}`, {
    causes: [{ reason: '', message }],
  });
}

export const isNotFound = (error: unknown): error is StatusError => hasReason(error, 'NotFound');
export const isConflict = (error: unknown): error is StatusError => hasReason(error, 'Conflict');
export const isExpired = (error: unknown): error is StatusError =>
  error instanceof StatusError && error.code === 410;
export const isAlreadyExists = (error: unknown): error is StatusError =>
  hasReason(error, 'AlreadyExists');

function hasReason(error: unknown, reason: string): boolean {
  return error instanceof StatusError && error.reason === reason;
}
