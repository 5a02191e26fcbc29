import fc from 'fast-check';
import { expect, it } from 'vitest';
import { compareFields } from './compare';
import { FieldSet, toFieldsV1 } from './field-set';
import { encodeManaged, type Managed } from './managed-fields';
import { applyOwnership, updateOwnership, type Versions, type Writer } from './ownership-update';
import { shapeOfKind } from './shape';

const shape = shapeOfKind('v1', 'Pod')!;
const versions: Versions = {
  apiVersion: 'v1',
  shape,
  ignored: new FieldSet(),
  convert: (object) => ({ object, shape }),
};
const NOBODY: Managed = new Map();
const writer = (manager: string, operation: Writer['operation']): Writer => ({
  manager,
  operation,
  subresource: '',
  apiVersion: 'v1',
});

const text = fc.constantFrom('1', '2', '3');
const map = fc.dictionary(fc.constantFrom('a', 'b', 'c'), text, { maxKeys: 3 });
const container = (name: string): fc.Arbitrary<object> =>
  fc.record(
    { name: fc.constant(name), image: text, tty: fc.boolean() },
    { requiredKeys: ['name'] },
  );
const containers = fc
  .uniqueArray(fc.constantFrom('x', 'y', 'z'), { maxLength: 3 })
  .chain((names) => fc.tuple(...names.map(container)));
/** Configurations that name their pod, and hold no empty map or list: those are fields too. */
const config = fc
  .record({
    labels: map,
    finalizers: fc.uniqueArray(text, { maxLength: 3 }),
    containers,
    nodes: map,
  })
  .map(({ labels, finalizers, containers: items, nodes }) => ({
    metadata: {
      name: 'p',
      ...(Object.keys(labels).length > 0 && { labels }),
      ...(finalizers.length > 0 && { finalizers }),
    },
    spec: {
      restartPolicy: 'Always',
      ...(items.length > 0 && { containers: items }),
      ...(Object.keys(nodes).length > 0 && { nodeSelector: nodes }),
    },
  }));
const EMPTY = { metadata: { name: 'p' }, spec: { restartPolicy: 'Always' } };

const applied = (
  live: unknown,
  wanted: unknown,
  managed: Managed,
  manager: string,
): { object: unknown; managed: Managed } => {
  const as = writer(manager, 'Apply');
  const result = applyOwnership(live, wanted, managed, as, true, versions, 'now');
  return { object: result.object ?? live, managed: result.managed };
};

it('applying twice is applying once', () => {
  fc.assert(
    fc.property(config, config, (live, wanted) => {
      const once = applied(live, wanted, NOBODY, 'one');
      const as = writer('one', 'Apply');
      const twice = applyOwnership(once.object, wanted, once.managed, as, false, versions, 'later');
      expect(twice.object).toBeUndefined();
      expect(encodeManaged(twice.managed)).toEqual(encodeManaged(once.managed));
    }),
  );
});

it('what is applied is there afterwards', () => {
  fc.assert(
    fc.property(config, config, config, (first, second, third) => {
      const one = applied(first, second, NOBODY, 'one');
      const two = applied(one.object, third, one.managed, 'two');
      const { added, modified } = compareFields(two.object, third, shape);
      expect(toFieldsV1(added.union(modified))).toEqual({});
    }),
  );
});

it('applying nothing takes away all that nobody else owns', () => {
  fc.assert(
    fc.property(config, (wanted) => {
      const made = applied(EMPTY, wanted, NOBODY, 'one');
      const { object, managed } = applied(made.object, EMPTY, made.managed, 'one');
      const { added, modified, removed } = compareFields(EMPTY, object, shape);
      const left = added.union(modified).union(removed);
      // What is left of a map or list that was filled is null, which says the same as nothing.
      const isNothing = left.paths().every((path) => path.length === 2);
      expect(isNothing).toBe(true);
      expect(encodeManaged(managed)).toEqual([
        expect.objectContaining({ fieldsV1: { 'f:spec': { 'f:restartPolicy': {} } } }),
      ]);
    }),
  );
});

it('what another applier owns too stays when one applies nothing', () => {
  fc.assert(
    fc.property(config, (wanted) => {
      const one = applied(EMPTY, wanted, NOBODY, 'one');
      const two = applied(one.object, wanted, one.managed, 'two');
      const { object } = applied(two.object, EMPTY, two.managed, 'one');
      const { added, modified, removed } = compareFields(wanted, object, shape);
      expect(toFieldsV1(added.union(modified).union(removed))).toEqual({});
    }),
  );
});

it('no value that an update changed has two owners', () => {
  fc.assert(
    fc.property(config, config, config, (first, second, third) => {
      const made = applied(EMPTY, first, NOBODY, 'one');
      const as = writer('two', 'Update');
      const after = updateOwnership(made.object, second, made.managed, as, versions, 'now');
      const last = updateOwnership(
        second,
        third,
        after,
        writer('three', 'Update'),
        versions,
        'now',
      );
      const { modified } = compareFields(second, third, shape);
      for (const path of modified.paths()) {
        const owners = [...last.values()].filter(({ set }) => set.has(path));
        expect(owners.map(({ manager }) => manager)).toEqual(['three']);
      }
    }),
  );
});
