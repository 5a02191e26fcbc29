import { expect, test } from 'vitest';
import {
  bytes,
  canonicalQuantity,
  formatQuantity,
  milliValue,
  parseQuantity,
  quantityError,
} from './quantity';

test.each([
  ['1000m', '1', 1],
  ['0.5', '500m', 0.5],
  ['1.5', '1500m', 1.5],
  ['1024Mi', '1Gi', 2 ** 30],
  ['1.5Gi', '1536Mi', 1.5 * 2 ** 30],
  ['1023Mi', '1023Mi', 1023 * 2 ** 20],
  ['512', '512', 512],
  ['1024', '1024', 1024],
  ['1000', '1k', 1000],
  ['1000000', '1M', 1e6],
  ['1500k', '1500k', 1.5e6],
  ['2e3', '2e3', 2000],
  ['2E4', '20e3', 20000],
  ['1Ki', '1Ki', 1024],
  ['0.5Ki', '512', 512],
  ['100Ki', '100Ki', 102400],
  ['0', '0', 0],
  ['0Gi', '0', 0],
  ['-1.5', '-1500m', -1.5],
  ['1u', '1u', 1e-6],
  ['0.1n', '1n', 1e-9],
  ['12E', '12E', 12e18],
  ['007', '007', 7],
  ['1.500', '1.500', 1.5],
  ['1.50', '1500m', 1.5],
  ['0.150', '150m', 0.15],
  ['1.', '1.', 1],
  ['+5', '+5', 5],
  ['+1000', '1k', 1000],
  ['-1Gi', '-1Gi', -(2 ** 30)],
  ['-0', '0', 0],
  ['.', '0', 0],
  ['+', '0', 0],
  ['m', '0', 0],
  ['Ki', '0', 0],
  [' 5 ', '5', 5],
  ['8Ki', '8Ki', 8192],
  ['1024Ki', '1Mi', 2 ** 20],
  ['05Ki', '05Ki', 5120],
  ['1.1Ki', '1126400m', 1126.4],
  ['1.0000000001Gi', '1073741824107374183n', 1073741824.1073742],
  ['16Ei', '9223372036854775807', 2 ** 63],
  ['1e-12', '1e-9', 1e-9],
  ['1e-1000000', '1e-9', 1e-9],
  ['1e1000', '10e999', Infinity],
  ['1000E', '1', 1e21],
  ['1234567890123456789', '1234567890123456789', 1234567890123456768],
  ['1000000000000000000000', '1', 1e21],
  ['1.0000000000000000001', '1000000001n', 1.000000001],
  ['0.000', '0', 0],
  ['100u', '100u', 1e-4],
  ['0.0001m', '100n', 1e-7],
])('%s is stored as %s', (text, stored, value) => {
  expect([canonicalQuantity(text), parseQuantity(text)]).toEqual([stored, value]);
});

test('numbers of YAML are quantities too', () => {
  expect([canonicalQuantity(2), canonicalQuantity(0.1)]).toEqual(['2', '100m']);
});

test('thousandths and whole units round up', () => {
  expect([milliValue('100m'), milliValue('0.1m'), bytes('1.2'), bytes('128Mi')]).toEqual([
    100, 1, 2, 134217728,
  ]);
});

test.each([
  [
    '',
    "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'",
  ],
  [
    'lots',
    "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'",
  ],
  [
    '1.2.3',
    "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'",
  ],
  ['Ei', 'unable to parse numeric part of quantity'],
  ['1e', "unable to parse quantity's suffix"],
  ['1e+', "unable to parse quantity's suffix"],
  ['1k5', "unable to parse quantity's suffix"],
  ['1ki', "unable to parse quantity's suffix"],
  ['1KM', "unable to parse quantity's suffix"],
  ['1Gi', undefined],
])('says what is wrong with %j', (text, message) => {
  expect(quantityError(text)).toBe(message);
});

test('writes amounts in the asked format', () => {
  expect([
    formatQuantity(2 ** 31, 'BinarySI'),
    formatQuantity(0.25),
    formatQuantity(110),
    formatQuantity(1.1),
  ]).toEqual(['2Gi', '250m', '110', '1100m']);
});
