import { describe, expect, test } from 'vitest';
import { RandomStream } from '../../sim/rng';
import type { PolicyRule } from '../../resources/rbac/policy-rule';
import { pathAttributes, resourceAttributes, type Attributes } from './attributes';
import { ruleAllows } from './rule-allows';
import { missingRights } from './rule-cover';

const USER = { username: 'u' };

describe('a rule allows', () => {
  const pods: PolicyRule = { verbs: ['get', 'list'], apiGroups: [''], resources: ['pods'] };
  const rule = (change: Partial<PolicyRule>): PolicyRule => ({ ...pods, ...change });

  test.each<[string, PolicyRule, string, Partial<Attributes>, boolean]>([
    ['its verb', pods, 'get', { resource: 'pods' }, true],
    ['no other verb', pods, 'watch', { resource: 'pods' }, false],
    ['any verb by *', rule({ verbs: ['*'] }), 'fly', { resource: 'pods' }, true],
    ['its group alone', pods, 'get', { resource: 'pods', apiGroup: 'x' }, false],
    [
      'any group by *',
      rule({ apiGroups: ['*'] }),
      'get',
      { resource: 'pods', apiGroup: 'x' },
      true,
    ],
    ['no subresource', pods, 'get', { resource: 'pods', subresource: 'log' }, false],
    [
      'a subresource by name',
      rule({ resources: ['pods/log'] }),
      'get',
      { resource: 'pods', subresource: 'log' },
      true,
    ],
    [
      'a subresource of anything',
      rule({ resources: ['*/scale'] }),
      'get',
      { resource: 'pods', subresource: 'scale' },
      true,
    ],
    [
      'nothing whole by */scale',
      rule({ resources: ['*/scale'] }),
      'get',
      { resource: 'pods' },
      false,
    ],
    [
      'everything by *',
      rule({ resources: ['*'] }),
      'get',
      { resource: 'pods', subresource: 'log' },
      true,
    ],
    [
      'no pods/* pattern',
      rule({ resources: ['pods/*'] }),
      'get',
      { resource: 'pods', subresource: 'log' },
      false,
    ],
    ['its names', rule({ resourceNames: ['a'] }), 'get', { resource: 'pods', name: 'a' }, true],
    [
      'no other name',
      rule({ resourceNames: ['a'] }),
      'get',
      { resource: 'pods', name: 'b' },
      false,
    ],
    ['no list by name', rule({ resourceNames: ['a'] }), 'list', { resource: 'pods' }, false],
  ])('%s', (_what, each, verb, some, allowed) => {
    expect(ruleAllows(each, resourceAttributes(USER, verb, some))).toBe(allowed);
  });

  test.each([
    ['/healthz', '/healthz', true],
    ['/healthz', '/healthz/x', false],
    ['/healthz/*', '/healthz/x', true],
    ['/healthz*', '/healthzy', true],
    ['*', '/anything', true],
    ['/apis/*', '/api', false],
  ])('paths: %s for %s is %s', (nonResourceURL, path, allowed) => {
    const rules = { verbs: ['get'], nonResourceURLs: [nonResourceURL] };
    expect(ruleAllows(rules, pathAttributes(USER, 'get', path))).toBe(allowed);
  });
});

/** The same as a look-up in all combinations: slow, and plain to see. */
function naivelyAllows(rule: PolicyRule, attributes: Attributes): boolean {
  const { verb, apiGroup, resource, subresource, name, path, isResourceRequest } = attributes;
  const anyOf = (values: readonly string[] | undefined, wanted: readonly string[]): boolean =>
    wanted.some((value) => values?.includes(value));
  if (!anyOf(rule.verbs, [verb, '*'])) return false;
  if (!isResourceRequest) {
    const prefixes = Array.from({ length: path.length + 1 }, (_, end) => path.slice(0, end) + '*');
    return anyOf(rule.nonResourceURLs, [path, ...prefixes]);
  }
  const asked = subresource ? [`${resource}/${subresource}`, `*/${subresource}`] : [resource];
  const named = rule.resourceNames?.length ? rule.resourceNames.includes(name) : true;
  return named && anyOf(rule.apiGroups, [apiGroup, '*']) && anyOf(rule.resources, [...asked, '*']);
}

describe('over random rules and requests', () => {
  const random = new RandomStream(7, 'rules');
  const some = (choices: readonly string[]): string[] =>
    choices.filter(() => random.below(3) === 0);
  const VERBS = ['get', 'list', 'create', '*'];
  const GROUPS = ['', 'apps', '*'];
  const RESOURCES = ['pods', 'pods/log', 'deployments', '*/log', '*'];
  const URLS = ['/a', '/a/*', '/b', '*'];

  function randomRule(): PolicyRule {
    if (random.below(5) === 0) return { verbs: some(VERBS), nonResourceURLs: some(URLS) };
    return {
      verbs: some(VERBS),
      apiGroups: some(GROUPS),
      resources: some(RESOURCES),
      ...(random.below(3) === 0 && { resourceNames: some(['x', 'y']) }),
    };
  }

  function randomRequest(): Attributes {
    const verb = random.pick(['get', 'list', 'create', 'delete']);
    if (random.below(5) === 0) return pathAttributes(USER, verb, random.pick(['/a', '/a/c', '/b']));
    return resourceAttributes(USER, verb, {
      apiGroup: random.pick(['', 'apps', 'x']),
      resource: random.pick(['pods', 'deployments', 'nodes']),
      subresource: random.pick(['', '', 'log', 'scale']),
      name: random.pick(['', 'x', 'y', 'z']),
    });
  }

  test('the evaluator agrees with the naive model', () => {
    for (let round = 0; round < 20_000; round++) {
      const [rule, request] = [randomRule(), randomRequest()];
      const told = { rule, request, allowed: ruleAllows(rule, request) };
      expect(told).toEqual({ rule, request, allowed: naivelyAllows(rule, request) });
    }
  });

  test('who holds all rights that are granted may do whatever they allow', () => {
    for (let round = 0; round < 5000; round++) {
      const [owned, granted] = [[randomRule(), randomRule()], [randomRule()]];
      if (missingRights(owned, granted).length > 0) continue;
      for (let tries = 0; tries < 10; tries++) {
        const request = randomRequest();
        if (!granted.some((rule) => ruleAllows(rule, request))) continue;
        const told = { owned, granted, request };
        expect({ ...told, mayToo: owned.some((rule) => ruleAllows(rule, request)) }).toEqual({
          ...told,
          mayToo: true,
        });
      }
    }
  });
});

describe('rights that are missing', () => {
  test.each<[string, PolicyRule[], PolicyRule[], string[]]>([
    [
      'none',
      [{ verbs: ['*'], apiGroups: ['*'], resources: ['*'] }],
      [{ verbs: ['get'], apiGroups: ['apps'], resources: ['deployments/scale'] }],
      [],
    ],
    [
      'verbs of a resource together',
      [],
      [{ verbs: ['get', 'list'], apiGroups: [''], resources: ['pods'] }],
      ['{APIGroups:[""], Resources:["pods"], Verbs:["get" "list"]}'],
    ],
    [
      'each name alone',
      [],
      [{ verbs: ['get'], apiGroups: [''], resources: ['pods'], resourceNames: ['b', 'a'] }],
      [
        '{APIGroups:[""], Resources:["pods"], ResourceNames:["a"], Verbs:["get"]}',
        '{APIGroups:[""], Resources:["pods"], ResourceNames:["b"], Verbs:["get"]}',
      ],
    ],
    [
      'all names when only one is held',
      [{ verbs: ['get'], apiGroups: [''], resources: ['pods'], resourceNames: ['a'] }],
      [{ verbs: ['get'], apiGroups: [''], resources: ['pods'] }],
      ['{APIGroups:[""], Resources:["pods"], Verbs:["get"]}'],
    ],
    [
      'paths',
      [{ verbs: ['get'], nonResourceURLs: ['/a/*'] }],
      [{ verbs: ['get', 'post'], nonResourceURLs: ['/a/b'] }],
      ['{NonResourceURLs:["/a/b"], Verbs:["post"]}'],
    ],
    [
      'nothing of */scale by it',
      [{ verbs: ['get'], apiGroups: ['*'], resources: ['*/scale'] }],
      [{ verbs: ['get'], apiGroups: ['apps'], resources: ['deployments/scale'] }],
      [],
    ],
  ])('%s', (_what, owned, granted, missing) => {
    expect(missingRights(owned, granted)).toEqual(missing);
  });
});
