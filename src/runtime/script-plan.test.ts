import { expect, test } from 'vitest';
import { planCommand } from './script-plan';

const sh = (script: string): string[] => ['/bin/sh', '-c', script];

test.each([
  ['sleep counts seconds and units', ['sleep', '90'], 90_005, 0],
  ['sleep adds its arguments', ['sleep', '1m', '30'], 90_005, 0],
  ['sleep infinity never ends', ['sleep', 'infinity'], Infinity, 0],
  ['true succeeds', ['true'], 5, 0],
  ['false fails', ['false'], 5, 1],
  ['exit tells the code', sh('exit 3'), 5, 3],
  ['commands follow one another', sh('echo a; sleep 2; exit 1'), 2005, 1],
  ['&& stops at a failure', sh('false && sleep 9'), 5, 1],
  ['|| goes on at a failure', sh('false || sleep 9'), 9005, 0],
  ['quotes keep what is in them', sh('echo "exit 1; false" \'exit 2\''), 5, 0],
  ['redirections are not commands', sh('date > /dev/termination-log; exit 2'), 5, 2],
  ['a loop never ends', sh('while true; do date; sleep 5; done'), Infinity, 0],
  ['what stands before a loop counts', sh('exit 4; while true; do sleep 1; done'), 5, 4],
  ['tail -f never ends', ['tail', '-f', '/dev/null'], Infinity, 0],
  ['exec is the command that it runs', sh('exec sleep 3'), 3005, 0],
  ['a shell without a script leaves', ['sh'], 5, 0],
  ['lines are commands', sh('echo a\nsleep 1\nfalse'), 1005, 1],
])('%s', (_name, words, runsMs, exitCode) => {
  expect(planCommand(words)).toMatchObject({ runsMs, exitCode, isUnknown: false });
});

test('files that a script makes are there from touch to rm', () => {
  const plan = planCommand(sh('touch /tmp/healthy; sleep 30; rm -f /tmp/healthy; sleep 600'));
  expect(plan.files).toEqual([{ path: '/tmp/healthy', fromMs: 0, toMs: 30_000 }]);
});

test.each([
  [['cat', '/tmp/healthy'], 0],
  [['cat', '/tmp/other'], 1],
  [['test', '-f', '/tmp/other'], 1],
  [['cat', '/etc/hostname'], 0],
])('%j finds files that are there', (words, exitCode) => {
  const files = [{ path: '/tmp/healthy', fromMs: 0, toMs: Infinity }];
  expect(planCommand(words, files).exitCode).toBe(exitCode);
});

test.each([
  [['python', '-m', 'http.server', '9000'], 9000],
  [['python3', '-m', 'http.server'], 8000],
  [['httpd', '-f', '-p', '8081'], 8081],
  [['nc', '-lk', '-p', '7000'], 7000],
  [sh('echo start; exec nginx -g "daemon off;"'), 80],
])('%j listens', (words, port) => {
  expect(planCommand(words)).toMatchObject({ port, runsMs: Infinity });
});

test('a program that nobody knows is told as such', () => {
  expect(planCommand(['/app/server'])).toMatchObject({ isUnknown: true, runsMs: 5 });
});
