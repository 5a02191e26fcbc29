import { expect, test } from 'vitest';
import { beginCommand, planCommand } from './script-plan';

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
  [['node', '-e', "require('http').createServer(() => {}).listen(3000)"], 3000],
  [
    ['python3', '-c', "import http.server as h\nh.HTTPServer(('', 8081), h.X).serve_forever()"],
    8081,
  ],
  [sh("while true; do { echo 'HTTP/1.1 200 OK'; echo; } | nc -l -p 8080; done"), 8080],
  [sh('echo start; exec nginx -g "daemon off;"'), 80],
])('%j listens', (words, port) => {
  expect(planCommand(words)).toMatchObject({ port, runsMs: Infinity });
});

test('a program that nobody knows is told as such', () => {
  expect(planCommand(['/app/server'])).toMatchObject({ isUnknown: true, runsMs: 5 });
});

test.each([
  ['if takes the branch that holds', sh('if [ 1 -eq 2 ]; then exit 3; else exit 4; fi'), 5, 4],
  ['elif comes next', sh('if false; then exit 1; elif true; then exit 2; else exit 3; fi'), 5, 2],
  ['a condition may be joined', sh('if true && false; then exit 1; fi; exit 7'), 5, 7],
  [
    'branches nest',
    sh('if true; then if false; then exit 1; else sleep 1; fi; fi; exit 6'),
    1005,
    6,
  ],
  ['! turns a code round', sh('! true'), 5, 1],
  ['for goes through its values', sh('for i in 9 8 7; do echo $i; sleep 1; done'), 3005, 0],
  ['for knows ranges', sh('for i in {1..3}; do sleep $i; done'), 6005, 0],
  ['for knows seq', sh('for i in $(seq 1 4); do sleep 1; done; exit 2'), 4005, 2],
  ['what follows a for is run', sh('for i in a b; do false; done && sleep 9'), 5, 1],
  ['set -e ends at the first failure', sh('set -e; false; sleep 9'), 5, 1],
  [
    'set -e lets failures be dealt with',
    sh('set -e; false || sleep 2; if false; then :; fi'),
    2005,
    0,
  ],
  ['variables of a script do not hide it', sh('i=0; while true; do sleep 1; done'), Infinity, 0],
  ['exit without a code tells the last one', sh('false; exit'), 5, 1],
  ['perl counts digits', ['perl', '-Mbignum=bpi', '-wle', 'print bpi(2000)'], 5085, 0],
  ['perl dies with 255', ['perl', '-e', 'sleep 2; die "no"'], 2085, 255],
  ['python exits', ['python3', '-c', 'import sys, time\ntime.sleep(1.5)\nsys.exit(3)'], 1585, 3],
  ['python raises', ['python', '-c', 'print(1)\nraise ValueError()'], 85, 1],
  ['node exits', ['node', '-e', 'process.exit(2)'], 85, 2],
  ['a loop of python never ends', ['python', '-c', 'while True: pass'], Infinity, 0],
])('%s', (_name, words, runsMs, exitCode) => {
  expect(planCommand(words)).toMatchObject({ runsMs, exitCode, isUnknown: false });
});

const ODD = 'if [ $(expr ${JOB_COMPLETION_INDEX} % 2) -ne 0 ]; then exit 1; else exit 0; fi';
const PYTHON_EVEN = [
  'import os, sys',
  'print("Hello world")',
  'if int(os.environ.get("JOB_COMPLETION_INDEX")) % 2 == 0:',
  '  sys.exit(1)',
].join('\n');
const PYTHON_TWO = [
  'import os, sys',
  'if os.environ.get("JOB_COMPLETION_INDEX") == "2":',
  '  sys.exit(0)',
  'else:',
  '  sys.exit(1)',
].join('\n');

test.each([
  [sh(ODD), [0, 1, 0, 1]],
  [sh('exit $((JOB_COMPLETION_INDEX % 2))'), [0, 1, 0, 1]],
  [sh('exit $(($JOB_COMPLETION_INDEX * 2 + 1))'), [1, 3, 5, 7]],
  [
    ['python3', '-c', PYTHON_EVEN],
    [1, 0, 1, 0],
  ],
  [
    ['python3', '-c', PYTHON_TWO],
    [1, 1, 0, 1],
  ],
])('%j knows the index that it is given', (words, codes) => {
  const plans = codes.map((_code, index) =>
    planCommand(words, [], { JOB_COMPLETION_INDEX: String(index) }),
  );
  expect(plans.map(({ exitCode }) => exitCode)).toEqual(codes);
});

test('a file that a script makes is there when it runs again', () => {
  const words = sh('if [[ -r /data/foo ]] ; then exit 0 ; else touch /data/foo ; exit 1 ; fi');
  const first = planCommand(words);
  const left = [{ path: '/data/foo', fromMs: 0, toMs: Infinity }];
  expect([first.exitCode, first.files]).toEqual([1, left]);
  expect(planCommand(words, first.files).exitCode).toBe(0);
});

test('a marker file named after a variable tells the attempts of that index apart', () => {
  const words = sh(
    'if [[ -r /data/foo-$INDEX ]] ; then exit 0 ; else touch /data/foo-$INDEX ; sleep 9 ; fi',
  );
  const first = planCommand(words, [], { INDEX: '3' });
  expect([first.runsMs, first.files.map(({ path }) => path)]).toEqual([9005, ['/data/foo-3']]);
  expect(planCommand(words, first.files, { INDEX: '3' }).runsMs).toBe(5);
  expect(planCommand(words, first.files, { INDEX: '4' }).runsMs).toBe(9005);
});

test.each([
  [
    'a while loop counts',
    'i=0; while [ $i -lt 3 ]; do sleep 1; i=$((i+1)); done; exit $i',
    3005,
    3,
  ],
  ['until ends when its condition holds', 'n=5; until [ $n -eq 3 ]; do n=$((n-1)); done', 5, 0],
  ['break leaves a loop', 'while true; do sleep 1; break; done; exit 7', 1005, 7],
  ['continue goes on', 'for i in 1 2; do [ $i = 1 ] && continue; sleep $i; done', 2005, 0],
  ['case chooses', 'case web-1 in web-*) exit 4;; *) exit 5;; esac', 5, 4],
  ['functions are called', 'wait_for() { sleep $1; return 3; }; wait_for 2', 2005, 3],
  ['groups are one', '{ sleep 1; false; } || (sleep 2; exit 6)', 3005, 6],
  ['a pipe is judged by its end', 'false | true', 5, 0],
  ['comments are none', '# exit 1\nsleep 1 # exit 2', 1005, 0],
  ['here-documents are no commands', 'cat > /tmp/a <<EOF\nexit 3\nEOF\nexit 4', 5, 4],
  ['lines go on after a backslash', 'sleep 1 \\\n  2', 3005, 0],
  ['what runs behind is waited for', 'sleep 5 & sleep 1; wait', 5005, 0],
  ['timeout ends what lasts', 'timeout 3 sleep 9', 3005, 124],
  ['parameters are cut', 'X=web-12; exit ${X##*-}', 5, 12],
  ['parameters have other values', 'exit ${CODE:-9}', 5, 9],
  ['output is put in place', 'exit $(echo web-7 | cut -d- -f2)', 5, 7],
  ['output is replaced', "exit `echo web-8 | sed 's/.*-//'`", 5, 8],
  [
    'regular expressions give groups',
    '[[ web-3 =~ -([0-9]+)$ ]] || exit 1; exit ${BASH_REMATCH[1]}',
    5,
    3,
  ],
  ['conditions are joined', 'if [[ -n a && 1 -eq 1 ]]; then exit 2; fi', 5, 2],
  ['what does not fit fails', '[[ web =~ ^[0-9]+$ ]]', 5, 1],
  ['lists count', 'a={x,y,z}; for i in a b c; do sleep 1; done', 3005, 0],
  ['arithmetic commands of loops end', 'for i in $(seq 3); do sleep 2; done', 6005, 0],
  ['many small steps end', 'for i in $(seq 1 5000); do echo $i; done; exit 2', 5, 2],
  [
    'what waits for a file that nobody makes',
    'while [ ! -f /tmp/go ]; do sleep 1; done',
    Infinity,
    0,
  ],
  [
    'what polls for its own file goes on',
    'touch /tmp/go; until [ -f /tmp/go ]; do sleep 1; done; exit 3',
    5,
    3,
  ],
  ['ping counts', 'ping -c 3 localhost', 3005, 0],
  ['what never closes is read to its end', 'if true; then sleep 1', 1005, 0],
])('%s', (_name, script, runsMs, exitCode) => {
  expect(planCommand(['bash', '-c', script])).toMatchObject({ runsMs, exitCode });
});

test('a replica tells its number from its name', () => {
  const script = [
    'set -ex',
    '# The number of the pod.',
    '[[ `hostname` =~ -([0-9]+)$ ]] || exit 1',
    'ordinal=${BASH_REMATCH[1]}',
    'if [[ $ordinal -eq 0 ]]; then',
    '  exit 10',
    'else',
    '  exit $((10 + $ordinal))',
    'fi',
  ].join('\n');
  const codes = ['db-0', 'db-2'].map(
    (HOSTNAME) => planCommand(['bash', '-c', script], [], { HOSTNAME }).exitCode,
  );
  expect(codes).toEqual([10, 12]);
});

test.each([
  ['nslookup db', { host: 'db', port: 0 }],
  ['nc -z -w 2 db 3306', { host: 'db', port: 3306 }],
  ['wget -qO- http://web:8080/ready', { host: 'web', port: 8080 }],
  ['curl -s https://web', { host: 'web', port: 443 }],
  ['pg_isready -h pg -U me', { host: 'pg', port: 5432 }],
  ['mysqladmin ping -hdb --silent', { host: 'db', port: 3306 }],
  ['redis-cli -h cache ping', { host: 'cache', port: 6379 }],
  ['./wait-for-it.sh db:3306 -t 30', { host: 'db', port: 3306 }],
])('%s asks the network', (command, question) => {
  const begun = beginCommand(
    sh(`sleep 1; until ${command}; do echo waiting; sleep 2; done; exit 3`),
  );
  expect(begun.asked).toEqual({ atMs: 1000, question });
  const again = begun.answer(false, 1000);
  expect(again.asked).toEqual({ atMs: 3010, question });
  const ended = again.answer(true, 3010);
  expect([ended.asked, ended.plan.runsMs, ended.plan.exitCode]).toEqual([undefined, 3025, 3]);
});

test('what a pod asks of itself is there', () => {
  const { asked } = beginCommand(
    sh('until curl localhost:9200 && nc -z 127.0.0.1 80; do sleep 1; done'),
  );
  expect(asked).toBeUndefined();
});

test('a script that handles SIGTERM says how it ends', () => {
  const stopsWith = (script: string): number | undefined => planCommand(sh(script)).stopsWith;
  expect(stopsWith("trap 'exit 0' TERM; sleep 9999 & wait")).toBe(0);
  expect(stopsWith('trap "echo bye; exit 3" SIGINT SIGTERM; sleep 9 & wait $!')).toBe(3);
  expect(stopsWith("trap 'exit 0' INT; sleep 9")).toBeUndefined();
});

test('a program of Python knows what its variables stand for', () => {
  const code = [
    'import os, sys',
    'index = int(os.environ.get("JOB_COMPLETION_INDEX"))',
    'if index == 0:',
    '  sys.exit(1)',
    'if index == 2:',
    '  sys.exit(42)',
  ].join('\n');
  const codes = ['0', '1', '2'].map(
    (JOB_COMPLETION_INDEX) =>
      planCommand(['python3', '-c', code], [], { JOB_COMPLETION_INDEX }).exitCode,
  );
  expect(codes).toEqual([1, 0, 42]);
});

test.each([
  [
    "CODE=$(wget --server-response http://${WEB} 2>&1 | awk '/^  HTTP/{print $2}')",
    '[ $CODE -eq 200 ]',
  ],
  [':', '[[ "$(curl -s -o /dev/null -w \'%{http_code}\' http://web:80/ready)" = "200" ]]'],
  ['OUT=`curl -s http://web`', '[ -n "$OUT" ]'],
])('%s; %s depends on what the network answers', (before, condition) => {
  const words = sh(
    `for i in $(seq 1 3); do ${before}; if ${condition}; then exit 0; fi; sleep 5; done; exit 1`,
  );
  const ends = (...answers: boolean[]): [number, number] => {
    let run = beginCommand(words, [], { WEB: 'web:80' });
    for (const isThere of answers) {
      expect(run.asked?.question).toEqual({ host: 'web', port: 80 });
      run = run.answer(isThere, run.asked!.atMs);
    }
    expect(run.asked).toBeUndefined();
    return [run.plan.runsMs, run.plan.exitCode];
  };
  expect(ends(true)).toEqual([15, 0]);
  expect(ends(false, true)).toEqual([5025, 0]);
  expect(ends(false, false, false)).toEqual([15_035, 1]);
});
