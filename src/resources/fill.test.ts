import { expect, test } from 'vitest';
import { fill, mapShared, once, replace } from './fill';

test('what has all its fields stays the very same object', () => {
  const port = { port: 80, protocol: 'UDP' };
  expect(fill(port, { protocol: 'TCP' })).toBe(port);
  expect(replace(port, 'port', 80)).toBe(port);
  const ports = [port];
  expect(mapShared(ports, (each) => fill(each, { protocol: 'TCP' }))).toBe(ports);
});

test('what lacks a field is copied, not written to', () => {
  const bare: { port: number; protocol?: string | null } = Object.freeze({
    port: 80,
    protocol: null,
  });
  expect(fill(bare, { protocol: 'TCP' })).toEqual({ port: 80, protocol: 'TCP' });
  const ports = Object.freeze([bare, Object.freeze({ port: 81, protocol: 'UDP' })]) as never[];
  const filled = mapShared<typeof bare>(ports, (each) => fill(each, { protocol: 'TCP' }));
  expect(filled).toEqual([
    { port: 80, protocol: 'TCP' },
    { port: 81, protocol: 'UDP' },
  ]);
  expect(filled[1]).toBe(ports[1]);
});

test('frozen parts are worked on once, others each time', () => {
  let calls = 0;
  const work = once((value: { name: string }) => {
    calls++;
    return { ...value };
  });
  const frozen = Object.freeze({ name: 'a' });
  expect(work(frozen)).toBe(work(frozen));
  expect(calls).toBe(1);
  const open = { name: 'b' };
  work(open);
  work(open);
  expect(calls).toBe(3);
});
