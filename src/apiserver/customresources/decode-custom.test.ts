import { describe, expect, test } from 'vitest';
import type { JsonSchema } from '../../resources/apiextensions/schema/json-schema';
import { customKind } from './decode-custom';

const embedded: JsonSchema = {
  type: 'object',
  'x-kubernetes-embedded-resource': true,
  properties: { spec: { type: 'object' } },
};
const kind = customKind({
  type: 'object',
  properties: {
    spec: {
      type: 'object',
      'x-kubernetes-preserve-unknown-fields': true,
      properties: { template: embedded, more: { type: 'array', items: embedded } },
    },
  },
});

const decode = (spec: object, metadata: object = { name: 'a' }) =>
  kind.decode({ apiVersion: 'e.com/v1', kind: 'A', metadata, spec }, new Map());

describe('the metadata of embedded resources', () => {
  test('has the fields of every metadata, wherever the resource stands', () => {
    const one = { metadata: { name: 'b', sub: 'x' } };
    const { object, complaints } = decode(
      { template: one, more: [{}, one], other: one },
      { name: 'a', root: 'x' },
    );
    expect(complaints).toEqual([
      'unknown field "metadata.root"',
      'unknown field "spec.template.metadata.sub"',
      'unknown field "spec.more[1].metadata.sub"',
    ]);
    const clean = { metadata: { name: 'b' } };
    expect((object as { spec: object }).spec).toEqual({
      template: clean,
      more: [{}, clean],
      other: one,
    });
  });

  test('is refused when it is none', () => {
    expect(() => decode({ template: { metadata: { labels: 'x' } } })).toThrow(/cannot unmarshal/);
  });
});
