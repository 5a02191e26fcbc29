// Server-side apply as a person has it: a real kubectl, whole conversations, each asserted on all
// that it prints.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { KubectlRunner, type Outcome, type RunOptions } from './kubectl-runner';
import { maskText } from './mask-text';

let runner: KubectlRunner;
beforeAll(async () => {
  runner = await KubectlRunner.start('--preset', 'empty');
});
afterAll(() => runner.stop());

const web = (image: string, replicas = 0): string => `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: ${replicas}
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
      - name: web
        image: ${image}
        ports: [{containerPort: 80}]
`;
const settings = (...lines: string[]): string =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings}\ndata:\n${lines
    .map((line) => `  ${line}\n`)
    .join('')}`;

const files = {
  'web.yaml': web('web:1'),
  'web2.yaml': web('web:2', 1),
  'one.yaml': settings('color: blue', 'size: "1"'),
  'less.yaml': settings('color: blue'),
  'red.yaml': settings('color: red'),
};

const RESOLVE = `Please review the fields above--they currently have other managers. Here
are the ways you can resolve this warning:
* If you intend to manage all of these fields, please re-run the apply
  command with the \`--force-conflicts\` flag.
* If you do not intend to manage all of the fields, please edit your
  manifest to remove references to the fields that should keep their
  current managers.
* You may co-own fields by updating your manifest to match the existing
  value; in this case, you'll become the manager if the other manager(s)
  stop managing the field (remove it from their configuration).
See https://kubernetes.io/docs/reference/using-api/server-side-apply/#conflicts
`;

const argv = (text: string): string[] => ['kubectl', ...text.split(' ')];

async function say(name: string, setup: string[], command: string): Promise<Outcome> {
  const options: RunOptions = {
    namespace: `ssa-${name}`,
    files,
    setup: setup.map(argv),
    command: argv(command),
  };
  const { exitCode, stdout, stderr } = await runner.run(options);
  return { exitCode, stdout: maskText(stdout), stderr: maskText(stderr) };
}

const MANAGERS =
  '{range .metadata.managedFields[*]}{.manager} {.operation} {.subresource}{"\\n"}{end}';

describe('kubectl apply --server-side', () => {
  it.concurrent.for<[string, string[], string, string]>([
    ['creates', [], 'apply --server-side -f web.yaml', 'deployment.apps/web serverside-applied\n'],
    [
      'tries',
      [],
      'apply --server-side --dry-run=server -f one.yaml',
      'configmap/settings serverside-applied (server dry run)\n',
    ],
    [
      'forces',
      ['apply --server-side -f web.yaml'],
      'apply --server-side --field-manager=other --force-conflicts -f web2.yaml',
      'deployment.apps/web serverside-applied\n',
    ],
    [
      'removes',
      ['apply --server-side -f one.yaml', 'apply --server-side -f less.yaml'],
      'get configmap settings -o jsonpath={.data}',
      '{"color":"blue"}',
    ],
    [
      'hides',
      ['apply --server-side -f less.yaml'],
      'get configmap settings -o yaml',
      `apiVersion: v1
data:
  color: blue
kind: ConfigMap
metadata:
  creationTimestamp: "<time>"
  name: settings
  namespace: ssa-hides
  resourceVersion: "<rv>"
  uid: <uid>
`,
    ],
    [
      'shows',
      ['apply --server-side -f less.yaml'],
      'get configmap settings --show-managed-fields -o yaml',
      `apiVersion: v1
data:
  color: blue
kind: ConfigMap
metadata:
  creationTimestamp: "<time>"
  managedFields:
  - apiVersion: v1
    fieldsType: FieldsV1
    fieldsV1:
      f:data:
        f:color: {}
    manager: kubectl
    operation: Apply
    time: "<time>"
  name: settings
  namespace: ssa-shows
  resourceVersion: "<rv>"
  uid: <uid>
`,
    ],
    [
      'names',
      [
        'create configmap settings --from-literal=a=1',
        'label configmap settings x=y',
        'annotate configmap settings x=y --field-manager=me',
        'apply --server-side --field-manager=one -f one.yaml',
      ],
      `get configmap settings --show-managed-fields -o jsonpath={range.metadata.managedFields[*]}{.manager},{end}`,
      'one,kubectl-create,kubectl-label,me,',
    ],
    [
      'migrates',
      ['apply -f one.yaml', 'apply --server-side -f less.yaml'],
      'get configmap settings -o jsonpath={.data}',
      '{"color":"blue"}',
    ],
    ['diffs', ['apply --server-side -f one.yaml'], 'diff --server-side -f one.yaml', ''],
    [
      'scales',
      ['apply --server-side -f web.yaml', 'scale deployment web --replicas=0 --current-replicas=0'],
      'apply --server-side -f web.yaml',
      'deployment.apps/web serverside-applied\n',
    ],
  ])('%s', async ([name, setup, command, stdout]) => {
    expect(await say(name, setup, command)).toEqual({ exitCode: 0, stdout, stderr: '' });
  });

  it.concurrent.for<[string, string[], string, string]>([
    [
      'one-conflict',
      ['create configmap settings --from-literal=color=green'],
      'apply --server-side -f red.yaml',
      'error: Apply failed with 1 conflict: conflict with "kubectl-create" using v1: .data.color\n' +
        RESOLVE,
    ],
    [
      'two-conflicts',
      ['apply --server-side -f web.yaml'],
      'apply --server-side --field-manager=other -f web2.yaml',
      'error: Apply failed with 2 conflicts: conflicts with "kubectl":\n- .spec.replicas\n' +
        `- .spec.template.spec.containers[name="web"].image\n${RESOLVE}`,
    ],
    [
      'scaled-conflict',
      ['apply --server-side -f web.yaml', 'scale deployment web --replicas=2'],
      'apply --server-side -f web.yaml',
      'error: Apply failed with 1 conflict: conflict with "kubectl" with subresource "scale" using ' +
        `apps/v1: .spec.replicas\n${RESOLVE}`,
    ],
  ])('is refused: %s', async ([name, setup, command, stderr]) => {
    expect(await say(name, setup, command)).toEqual({ exitCode: 1, stdout: '', stderr });
  });
});

it('keeps what the controller manager wrote apart', async () => {
  const setup = ['apply --server-side -f web.yaml'].map(argv);
  const command = [...argv('get deployment web --show-managed-fields -o'), `jsonpath=${MANAGERS}`];
  const wait = ['sleep', '1'];
  const options = { namespace: 'ssa-managers', files, setup: [...setup, wait], command };
  expect(await runner.run(options)).toEqual({
    exitCode: 0,
    stdout: 'kubectl Apply \nkube-controller-manager Update status\n',
    stderr: '',
  });
});
