// PEM: base64 between lines that say what it is. Source: RFC 7468.
import { decodeBytes, encodeBytes } from './base64';
import type { Bytes } from './asn1';

export interface PemBlock {
  /** 'CERTIFICATE', 'CERTIFICATE REQUEST', ... */
  readonly type: string;
  readonly hasHeaders: boolean;
  readonly bytes: Bytes;
}

const BLOCK =
  /(?:^|\n)-----BEGIN ([^\n-]+)-----[ \t\r]*\n([^]*?)\n?-----END \1-----[ \t\r]*(?:\n|$)/g;

/** All blocks of a text, in order; what is none is passed over. */
export function pemBlocks(text: string): PemBlock[] {
  const found: PemBlock[] = [];
  for (const [, type, body] of text.replaceAll('\r\n', '\n').matchAll(BLOCK)) {
    const blank = body.indexOf('\n\n');
    const hasHeaders = /^[^\n:]+: /.test(body);
    const base64 = hasHeaders ? body.slice(blank < 0 ? body.length : blank + 2) : body;
    try {
      const bytes = Uint8Array.from(decodeBytes(base64.replace(/\s/g, '')));
      found.push({ type, hasHeaders, bytes });
    } catch {
      // Not base64: no block at all.
    }
  }
  return found;
}

export function pemText(type: string, bytes: Bytes): string {
  const lines = encodeBytes(bytes).replace(/.{64}(?=.)/g, '$&\n');
  return `-----BEGIN ${type}-----\n${lines}\n-----END ${type}-----\n`;
}
