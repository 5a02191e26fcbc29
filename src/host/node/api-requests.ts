// Node's HTTP in front of a cluster: reads a request whole, lets the cluster answer and sends that,
// or pumps its watch. Large answers are compressed when the client can take it.
// Upstream: apiserver/pkg/endpoints/handlers/responsewriters (compression), handlers/rest.go.
import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import { decodeProtobuf } from '../../apiserver/protobuf/decode-protobuf';
import type { Cluster } from '../../cluster/cluster';
import type { Refusal } from './access';
import { readBody } from './read-body';

type ClusterAnswer = ReturnType<Cluster['handle']>;
/** Pages that the host adds may be bytes. */
export type ApiResponse = Omit<ClusterAnswer, 'body'> & { body: string | Uint8Array };
export type ApiRequest = Parameters<Cluster['handle']>[0];

/** Larger answers are worth compressing. */
const GZIP_FROM_BYTES = 128 * 1024;
const GZIP_LEVEL = 1;
/** What a request may carry. */
const BODY_BYTES_MAX = 3 * 1024 * 1024;
/** A watcher that lets so much pile up is cut off. */
const UNREAD_BYTES_MAX = 64 * 1024 * 1024;

/** Answers one request once its body has come. */
export function serveApi(
  request: IncomingMessage,
  response: ServerResponse,
  answer: (request: ApiRequest) => ApiResponse,
): void {
  readBody(
    request,
    BODY_BYTES_MAX,
    (bytes) => {
      const { method = 'GET', url: path = '/' } = request;
      send(request, response, answer({ method, path, ...textOf(bytes, headersOf(request)) }));
    },
    () => refuse(response, TOO_LARGE),
  );
}

/** Sends what was decided before the API was asked. */
export function refuse(response: ServerResponse, { status, headers, body }: Refusal): void {
  response.writeHead(status, headers).end(body);
}

/** Protobuf becomes the JSON that says the same; what is none goes on as it is, to be refused. */
function textOf(
  bytes: Buffer,
  headers: Record<string, string>,
): { body: string; headers: Record<string, string> } {
  const isProtobuf = headers['content-type']?.startsWith(PROTOBUF_TYPE);
  if (!isProtobuf || bytes.length === 0) return { body: bytes.toString('utf8'), headers };
  try {
    const body = JSON.stringify(decodeProtobuf(bytes));
    return { body, headers: { ...headers, 'content-type': 'application/json' } };
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return { body: bytes.toString('latin1'), headers };
  }
}

const PROTOBUF_TYPE = 'application/vnd.kubernetes.protobuf';

const TOO_LARGE: Refusal = {
  status: 413,
  headers: { 'Content-Type': 'application/json', Connection: 'close' },
  body:
    JSON.stringify({
      kind: 'Status',
      apiVersion: 'v1',
      metadata: {},
      status: 'Failure',
      message: `Request entity too large: limit is ${BODY_BYTES_MAX}`,
      reason: 'RequestEntityTooLarge',
      code: 413,
    }) + '\n',
};

function headersOf(request: IncomingMessage): Record<string, string> {
  const found: Record<string, string> = {};
  for (const [name, value] of Object.entries(request.headers)) {
    if (value !== undefined) found[name] = Array.isArray(value) ? value.join(', ') : value;
  }
  return found;
}

function send(request: IncomingMessage, response: ServerResponse, answer: ApiResponse): void {
  const { status, body, stream } = answer;
  const headers: Record<string, string | string[]> = {
    'Audit-Id': randomUUID(),
    ...answer.headers,
  };
  // The API server joins warnings; on the wire each is a line of its own.
  const warnings = answer.headers.Warning?.match(/299 - "(?:[^"\\]|\\.)*"/g);
  if (warnings) headers.Warning = warnings;
  if (stream) {
    response.writeHead(status, headers);
    response.flushHeaders();
    pump(response, stream);
    return;
  }
  const isLarge = body.length > GZIP_FROM_BYTES;
  const content = isLarge && acceptsGzip(request) ? gzipSync(body, { level: GZIP_LEVEL }) : body;
  if (isLarge) headers.Vary = 'Accept-Encoding';
  if (content !== body) headers['Content-Encoding'] = 'gzip';
  headers['Content-Length'] = String(Buffer.byteLength(content));
  response.writeHead(status, headers).end(request.method === 'HEAD' ? undefined : content);
}

function acceptsGzip({ headers }: IncomingMessage): boolean {
  const { 'accept-encoding': accepted = '' } = headers;
  return /(^|[, ])gzip($|[,; ])/.test(accepted);
}

function pump(response: ServerResponse, stream: NonNullable<ApiResponse['stream']>): void {
  response.on('close', () => stream.stop());
  stream.start({
    chunk: (text) => {
      response.write(text);
      if (response.writableLength > UNREAD_BYTES_MAX) response.destroy();
    },
    end: () => response.end(),
  });
}
