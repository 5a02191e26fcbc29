// The expected signatures are those of upstream's own test.
import { expect, test } from 'vitest';
import { detachedSignature } from './detached-signature';

const TEXT = 'Hello from the other side. I must have called a thousand times.';
const SECRET = 'my voice is my passcode';
const HEADER = 'eyJhbGciOiJIUzI1NiIsImtpZCI6Impvc2h1YSJ9';

test.each([
  ['a text', TEXT, SECRET, 'VShe2taLd-YTrmWuRkcL_8QTNDHYxQIEBsAYYiIj1_8'],
  ['no text', '', SECRET, '7Ui1ALizW4jXphVUB7xUqC9vLYLL9RZeOFfVLoB7Tgk'],
  ['no secret', TEXT, '', 'UfkqvDGiIFxrMnFseDj9LYJOLNrvjW8aHhF71mvvAs8'],
])('with %s', (_, text, secret, signature) => {
  expect(detachedSignature(text, 'joshua', secret)).toBe(`${HEADER}..${signature}`);
});
