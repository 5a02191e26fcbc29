// Cases as in k8s.io/dynamic-resource-allocation/cel/compile_test.go.
import { expect, test } from 'vitest';
import { compileSelector, isTooComplex, matchesDevice } from './device-selector';

const DRIVER = 'dra.example.com';
const device = {
  name: 'gpu-0',
  attributes: {
    model: { string: 'a100' },
    memory: { int: 40 },
    'other.example.com/healthy': { bool: true },
    version: { version: '1.10.2-alpha' },
  },
  capacity: { memory: { value: '40Gi' }, 'other.example.com/cores': { value: '7' } },
};

function outcome(expression: string): unknown {
  const selector = compileSelector(expression);
  if ('problem' in selector) return selector.problem.split('\n')[0];
  const result = matchesDevice(selector.program, DRIVER, device);
  return 'error' in result ? result.error : result.isMatch;
}

test.each([
  ['true', true],
  ['1', 'must evaluate to bool or the unknown type, not int'],
  ['device.driver == "dra.example.com"', true],
  ['device.attributes["dra.example.com"].model == "a100"', true],
  ['device.attributes["dra.example.com"].memory >= 80', false],
  ['device.attributes["other.example.com"].healthy', true],
  ['device.attributes["dra.example.com"].version.isGreaterThan(semver("1.9.9"))', true],
  ['device.attributes["dra.example.com"].version.compareTo(semver("1.10.2-alpha")) == 0', true],
  ['device.capacity["dra.example.com"].memory.compareTo(quantity("40Gi")) >= 0', true],
  ['device.capacity["other.example.com"].cores.isGreaterThan(quantity("7"))', false],
  ['"no-such-domain" in device.attributes', false],
  ['"dra.example.com" in device.attributes', true],
  ['"model" in device.attributes["dra.example.com"]', true],
  ['has(device.attributes["no-such-domain"].model)', false],
  ['device.attributes["no-such-domain"].noSuchAttr == 1', 'no such key: noSuchAttr'],
  ['device.attributes["dra.example.com"]["noSuchAttr"] == 1', 'no such key: noSuchAttr'],
  [
    'cel.bind(dra, device.attributes["dra.example.com"], dra.model == "a100" && dra.memory == 40)',
    true,
  ],
  ['device.allowMultipleAllocations', false],
])('%s gives %s', (expression, expected) => {
  expect(outcome(expression)).toBe(expected);
});

test('a selector that may cost too much is told from one that cannot', () => {
  const cost = (expression: string): boolean => {
    const selector = compileSelector(expression);
    return 'program' in selector && isTooComplex(selector.program);
  };
  const all = 'device.attributes.all(a, device.attributes.all(b, ';
  const nested = `${all}device.attributes.all(c, device.attributes.all(d, a == d))))`;
  expect([cost('device.driver == "x"'), cost(nested)]).toEqual([false, true]);
});
