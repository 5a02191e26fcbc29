import { expect, test } from 'vitest';
import { utf8Bytes } from './base64';
import { hmacSha256 } from './hmac';

function hex(key: string, text: string): string {
  const digest = hmacSha256(utf8Bytes(key), utf8Bytes(text));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

test.each([
  [
    'Jefe',
    'what do ya want for nothing?',
    '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843',
  ],
  ['', '', 'b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad'],
  ['k'.repeat(100), 'x', '8c1858bff6cf9cb73708b4b54f43bca6e1b8b4c3380760dc009001b265b64c6f'],
])('with the key %j, of %j', (key, text, digest) => {
  expect(hex(key, text)).toBe(digest);
});
