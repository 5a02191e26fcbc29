import type { IncomingMessage } from 'node:http';

/** Reads a request whole; what comes beyond `maxBytes` is not kept. */
export function readBody(
  request: IncomingMessage,
  maxBytes: number,
  whole: (body: Buffer) => void,
  tooLarge: () => void,
): void {
  const chunks: Buffer[] = [];
  let bytes = 0;
  request.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes <= maxBytes) chunks.push(chunk);
  });
  request.on('end', () => {
    if (bytes > maxBytes) tooLarge();
    else whole(Buffer.concat(chunks));
  });
}
