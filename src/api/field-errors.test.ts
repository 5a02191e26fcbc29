import { expect, test } from 'vitest';
import { FieldErrors } from './field-errors';
import type { StatusError } from './status-error';

test('words each kind of error as the server does', () => {
  const errors = new FieldErrors();
  errors.required('a', 'give it');
  errors.invalid('b', 'x"\n', 'is bad');
  errors.invalid('c', { matchLabels: { z: '<1>', a: '2' } }, 'field is immutable');
  errors.invalid('d', undefined, 'is nil');
  errors.notSupported('e', 'Foo', ['Bar', 'Baz']);
  errors.duplicate('f', 'twice');
  errors.tooLong('g', 253);
  errors.tooMany('h', 3, 1);
  errors.notFound('i', 'v');
  expect(errors.causes.map(({ field, message }) => `${field}: ${message}`)).toEqual([
    'a: Required value: give it',
    'b: Invalid value: "x\\"\\n": is bad',
    'c: Invalid value: {"matchLabels":{"a":"2","z":"\\u003c1\\u003e"}}: field is immutable',
    'd: Invalid value: "null": is nil',
    'e: Unsupported value: "Foo": supported values: "Bar", "Baz"',
    'f: Duplicate value: "twice"',
    'g: Too long: may not be more than 253 bytes',
    'h: Too many: 3: must have at most 1 item',
    'i: Not found: "v"',
  ]);
});

test('throws one 422 that names every cause once', () => {
  const errors = new FieldErrors();
  errors.required('spec.a');
  errors.required('spec.b');
  errors.required('spec.a');
  let thrown: StatusError | undefined;
  try {
    errors.throwIfAny('Deployment', 'apps', 'web');
  } catch (error) {
    thrown = error as StatusError;
  }
  expect(thrown?.message).toBe(
    'Deployment.apps "web" is invalid: [spec.a: Required value, spec.b: Required value]',
  );
});
