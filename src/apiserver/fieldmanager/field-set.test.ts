import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FieldSet, fromFieldsV1, toFieldsV1 } from './field-set';
import { shapeOfKind } from './shape';

const set = (text: string): FieldSet =>
  text.split(' ').reduce((built, path) => {
    if (path) built.insert(path.split('.').map((name) => 'f:' + name));
    return built;
  }, new FieldSet());
const shown = (fields: FieldSet): string =>
  fields
    .paths()
    .map((path) => path.map((element) => element.slice(2)).join('.'))
    .join(' ');

describe('operations on sets of fields', () => {
  it.each<[string, FieldSet, string]>([
    ['a union has both', set('a b.c').union(set('b b.d')), 'a b b.c b.d'],
    ['an intersection has what both have', set('a b b.c b.d').intersection(set('b b.d')), 'b b.d'],
    ['a difference keeps what is below', set('a a.b c').difference(set('a')), 'c a.b'],
    ['a difference keeps what is above', set('a a.b').difference(set('a.b')), 'a'],
    ['without takes what is below too', set('a a.b c.d').without(set('a c')), ''],
    ['without keeps what is above', set('a a.b').without(set('a.b')), 'a'],
  ])('%s', (_name, result, expected) => {
    expect(shown(result)).toBe(expected);
  });

  it('adds declared fields above members, but no members of maps', () => {
    const fields = set('metadata.labels.app spec.replicas');
    const whole = fields.withNamedFields(shapeOfKind('apps/v1', 'Deployment'));
    expect(shown(whole)).toBe('metadata spec metadata.labels metadata.labels.app spec.replicas');
  });

  it('knows a path from what is above and below it', () => {
    const fields = set('a a.b.c');
    expect(
      [['f:a'], ['f:a', 'f:b'], ['f:a', 'f:b', 'f:c']].map((path) => fields.has(path)),
    ).toEqual([true, false, true]);
  });
});

describe('fieldsV1', () => {
  it('is written in order, with a dot for what is itself a member', () => {
    const fields = new FieldSet();
    fields.insert(['f:spec', 'f:ports', 'k:{"port":443}', 'f:name']);
    fields.insert(['f:spec', 'f:ports', 'k:{"port":80}']);
    fields.insert(['f:spec', 'f:ports']);
    fields.insert(['f:data']);
    expect(JSON.stringify(toFieldsV1(fields))).toBe(
      JSON.stringify({
        'f:data': {},
        'f:spec': {
          'f:ports': { '.': {}, 'k:{"port":80}': {}, 'k:{"port":443}': { 'f:name': {} } },
        },
      }),
    );
  });

  it.each([[3], [[]], [{ x: {} }], [{ 'k:{': {} }]])('is not %j', (fields) => {
    expect(() => fromFieldsV1(fields)).toThrow(SyntaxError);
  });

  it('leaves out steps of kinds that may come later', () => {
    expect(toFieldsV1(fromFieldsV1({ 'f:a': {}, 'z:b': { 'f:c': {} } }))).toEqual({ 'f:a': {} });
  });
});

const element = fc.oneof(
  fc.constantFrom('a', 'b', 'c').map((name) => 'f:' + name),
  fc.constantFrom('x', 'y').map((name) => `k:{"name":"${name}"}`),
  fc.integer({ min: 0, max: 2 }).map((value) => `v:${value}`),
);
const paths = fc.array(fc.array(element, { minLength: 1, maxLength: 4 }), { maxLength: 8 });
const built = (all: string[][]): FieldSet => {
  const fields = new FieldSet();
  for (const path of all) fields.insert(path);
  return fields;
};
const text = (fields: FieldSet): string => JSON.stringify(toFieldsV1(fields));

describe('sets stay canonical', () => {
  it('whatever the order in which they are built, and through fieldsV1', () => {
    fc.assert(
      fc.property(paths, (all) => {
        const fields = built(all);
        expect(text(built(all.toReversed()))).toBe(text(fields));
        expect(fromFieldsV1(toFieldsV1(fields)).equals(fields)).toBe(true);
      }),
    );
  });

  it('and obey the laws of sets', () => {
    fc.assert(
      fc.property(paths, paths, (some, others) => {
        const [a, b] = [built(some), built(others)];
        expect(text(a.union(b))).toBe(text(b.union(a)));
        expect(text(a.intersection(b))).toBe(text(b.intersection(a)));
        expect(text(a.difference(b).union(a.intersection(b)))).toBe(text(a));
        expect(a.difference(b).intersection(b).isEmpty).toBe(true);
        expect(a.without(b).difference(a.difference(b)).isEmpty).toBe(true);
        expect(text(a.union(a))).toBe(text(a));
      }),
    );
  });
});
