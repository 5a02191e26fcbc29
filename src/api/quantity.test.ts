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
  ['1.2.3', 'unable to parse numeric part of quantity'],
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
