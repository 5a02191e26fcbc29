// Base64 in the alphabet of URLs and without padding, as in signed tokens. RFC 4648, section 5.
import { encodeBase64, encodeBytes } from './base64';

export function urlText(text: string): string {
  return urlSafe(encodeBase64(text));
}

export function urlBytes(bytes: ArrayLike<number>): string {
  return urlSafe(encodeBytes(bytes));
}

function urlSafe(base64: string): string {
  return base64.replace(/=+$/, '').replaceAll('+', '-').replaceAll('/', '_');
}
