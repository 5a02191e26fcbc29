import { expect, test } from 'vitest';
import { findImage } from './images';
import { launch } from './launch';
import { shellForesight } from './script-plan';
import { learnScripts, planCommand } from './scripts';

test('containers of a shell wait until scripts are foreseen, programs of their image do not', () => {
  learnScripts(undefined);
  const busybox = findImage('docker.io/library/busybox');
  const spec = { name: 'a', image: 'busybox', command: ['sh', '-c', 'sleep 3.2; exit 4'] };
  const waiting = launch(spec, busybox);
  expect([waiting.exitAfterMs, waiting.asks?.atMs]).toEqual([Infinity, 0]);
  const still = waiting.asks!.answer(true, 0);
  expect([still.exitAfterMs, still.asks?.atMs]).toEqual([Infinity, 200]);
  expect(planCommand(['cat', '/tmp/a'])).toMatchObject({ isUnknown: true, exitCode: 0 });
  const redis = { name: 'a', image: 'redis', command: ['redis-server'] };
  expect(launch(redis, findImage('docker.io/library/redis'))).toMatchObject({ ports: [6379] });

  learnScripts(shellForesight);
  const known = still.asks!.answer(true, 200);
  expect([known.exitAfterMs, known.exitCode, known.asks]).toEqual([3205, 4, undefined]);
  expect(launch(spec, busybox).exitAfterMs).toBe(3205);
});
