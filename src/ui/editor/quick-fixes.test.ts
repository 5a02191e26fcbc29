import { describe, expect, it } from 'vitest';
import { wireSchema } from '../../../generated/wire-schema';
import { parseManifests } from '../../kubectl/apply/manifest';
import { statusProblems } from '../../kubectl/apply/status-problems';
import type { Status } from '../../api/status-error';
import { nearestName } from './nearest-name';
import { fixesFor } from './quick-fixes';
import { withEdits } from './with-edits';

const deployment = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  selector:
    matchLabels: { app: web }
  template:
    metadata:
      labels: { app: wbe }
    spec:
      containers:
        - name: nginx
          image: nginx:1.27
`;

function invalid(field: string, message: string): Partial<Status> {
  return {
    code: 422,
    reason: 'Invalid',
    message,
    details: { causes: [{ field, message, reason: '' }] },
  };
}

/** Every fix's title with the text that it leads to. */
function fixed(text: string, status: Partial<Status>): Record<string, string> {
  const [manifest] = parseManifests(text);
  const own = manifest!.problems;
  const problems = own.length > 0 ? own : statusProblems(status as Status, manifest!);
  const sources = { text, manifest: manifest!, schema: wireSchema };
  return Object.fromEntries(
    problems
      .flatMap((problem) => fixesFor({ severity: 'error', title: '', ...problem }, sources))
      .map(({ title, edits }) => [title, withEdits(text, edits)]),
  );
}

describe('fixesFor', () => {
  it('brings the labels of the template to the selector', () => {
    const status = invalid(
      'spec.template.metadata.labels',
      'Invalid value: {"app":"wbe"}: `selector` does not match template `labels`',
    );
    expect(fixed(deployment, status)).toEqual({
      'Change to “web”': deployment.replace('wbe', 'web'),
    });
  });

  it('names the version under which a kind is served today', () => {
    const old = deployment.replace('apps/v1', 'extensions/v1beta1');
    const message = 'no matches for kind "Deployment" in version "extensions/v1beta1"\nensure';
    const status = {
      code: 404,
      message,
      details: { causes: [{ field: 'kind', message: '', reason: '' }] },
    };
    expect(fixed(old, status)).toEqual({ 'Use apps/v1': deployment });
  });

  it.each([
    ['containers:', 'container:', 'spec.template.spec.container', 'containers'],
    ['image:', 'imgae:', 'spec.template.spec.containers[0].imgae', 'image'],
    ['selector:', 'selectors:', 'spec.selectors', 'selector'],
  ])('renames %s typed as %s', (right, wrong, path, name) => {
    const text = deployment.replace(right, wrong);
    const message = `Deployment in version "v1" cannot be handled: unknown field "${path}"`;
    expect(fixed(text, { code: 400, message })).toEqual({ [`Rename to ${name}`]: deployment });
  });

  it('adds the selector that the labels ask for', () => {
    const text = deployment.replace('  selector:\n    matchLabels: { app: web }\n', '');
    expect(fixed(text, invalid('spec.selector', 'Required value'))).toEqual({
      'Add selector': text.replace(
        'spec:\n',
        'spec:\n  selector:\n    matchLabels:\n      app: wbe\n',
      ),
    });
  });

  it('adds an image beside the name of its container', () => {
    const text = deployment.replace('          image: nginx:1.27\n', '');
    const status = invalid('spec.template.spec.containers[0].image', 'Required value');
    expect(fixed(text, status)).toEqual({ 'Add image': deployment });
  });

  it('names what has no name', () => {
    const text = 'apiVersion: v1\nkind: ConfigMap\ndata: { a: b }\n';
    expect(fixed(text, {})).toEqual({
      'Add metadata':
        'apiVersion: v1\nkind: ConfigMap\ndata: { a: b }\nmetadata:\n  name: configmap\n',
    });
  });

  it('offers the values that are supported, the nearest first', () => {
    const text = deployment.replace('image:', 'imagePullPolicy: always\n          image:');
    const status = invalid(
      'spec.template.spec.containers[0].imagePullPolicy',
      'Unsupported value: "always": supported values: "Never", "IfNotPresent", "Always"',
    );
    expect(Object.keys(fixed(text, status))).toEqual([
      'Change to “Always”',
      'Change to “Never”',
      'Change to “IfNotPresent”',
    ]);
  });

  it('spells a name in the letters that names have', () => {
    const text = deployment.replace('name: web', 'name: My_Web');
    const status = invalid(
      'metadata.name',
      'Invalid value: "My_Web": a lowercase RFC 1123 subdomain must consist of',
    );
    expect(fixed(text, status)).toEqual({
      'Change to “my-web”': deployment.replace('name: web', 'name: my-web'),
    });
  });

  it('leaves alone what leaves a doubt', () => {
    expect(fixed(deployment, invalid('spec.replicas', 'Invalid value: -1: must be >= 0'))).toEqual(
      {},
    );
  });
});

describe('nearestName', () => {
  it.each([
    ['conatiners', 'containers'],
    ['replcias', 'replicas'],
    ['xyz', undefined],
  ])('of %s is %s', (written, name) => {
    expect(nearestName(written, ['containers', 'replicas', 'volumes'])).toBe(name);
  });
});
