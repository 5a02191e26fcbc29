import { beforeEach, describe, expect, it } from 'vitest';
import type { HttpRequest, HttpResponse } from '../../host/protocol';
import { editorStore } from '../state/editor-store';
import { engineStore } from '../state/engine-store';
import type { Transport } from '../state/transport';
import { runEditor } from './run-editor';

const resources = {
  resources: [{ name: 'configmaps', kind: 'ConfigMap', namespaced: true }],
};

/** A server with ConfigMap 'old', which refuses what is called 'bad'. */
function server(): Transport & { asked: string[] } {
  const asked: string[] = [];
  const answer = ({ method, path, body }: HttpRequest): [number, object] => {
    if (path === '/api/v1') return [200, resources];
    if (method === 'GET')
      return path.endsWith('/old') ? [200, old] : [404, { kind: 'Status', code: 404 }];
    if (body?.includes('"bad"')) return [422, invalid];
    return [method === 'POST' ? 201 : 200, {}];
  };
  return {
    asked,
    watch: () => () => {},
    request: (request) => {
      asked.push(`${request.method} ${request.path.split('?')[0]}`);
      const [status, object] = answer(request);
      const response: HttpResponse = { status, headers: {}, body: JSON.stringify(object) };
      if (request.body?.includes('"warned"')) {
        response.headers['warning'] = '299 - "unknown field \\"spec.x\\""';
      }
      return Promise.resolve(response);
    },
  };
}

const old = { metadata: { name: 'old', annotations: {} }, data: { a: '1' } };
const invalid = {
  kind: 'Status',
  code: 422,
  reason: 'Invalid',
  message: 'ConfigMap "bad" is invalid: data[k]: too long',
  details: { causes: [{ field: 'data[k]', message: 'too long', reason: 'x' }] },
};

const document = (name: string) =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: ${name} }\ndata: { k: "v" }\n`;

beforeEach(() => {
  editorStore.setState(editorStore.getInitialState(), true);
  engineStore.setState(engineStore.getInitialState(), true);
});

describe('what is done with the text', () => {
  it('brings every outcome to its line, and goes on after a failure', async () => {
    const text = [document('new'), document('bad'), 'kind: [\n', document('warned')].join('---\n');
    editorStore.setState({ text });
    await runEditor(server(), 'apply');
    const { problems, report, busy, appliedText } = editorStore.getState();
    expect(
      problems.map(({ severity, title, message, range }) => {
        return `${range.startLine} ${severity} ${title}: ${message}`;
      }),
    ).toEqual([
      '9 error 422 Invalid: data[k]: too long',
      '11 error Not YAML that kubectl could read: Flow sequence in block collection must be ' +
        'sufficiently indented and end with a ]',
      '13 warning : unknown field "spec.x"',
    ]);
    expect(
      report?.lines.map(({ line, subject, outcome }) => `${line} ${subject} ${outcome}`),
    ).toEqual([
      '1 configmap/new created',
      '9 configmap/bad failed',
      '11 line 11 unreadable',
      '13 configmap/warned created',
    ]);
    expect({ busy, appliedText }).toEqual({ busy: null, appliedText: null });
  });

  it('remembers the text that was applied without a failure', async () => {
    editorStore.setState({ text: document('new') });
    await runEditor(server(), 'dryRun');
    expect(editorStore.getState().appliedText).toBe(null);
    await runEditor(server(), 'apply');
    expect(editorStore.getState()).toMatchObject({ appliedText: document('new'), problems: [] });
  });

  it('deletes, and does not run twice at once', async () => {
    const transport = server();
    editorStore.setState({ text: document('old') });
    await Promise.all([runEditor(transport, 'delete', 'Orphan'), runEditor(transport, 'apply')]);
    expect(transport.asked).toEqual([
      'GET /api/v1',
      'DELETE /api/v1/namespaces/default/configmaps/old',
    ]);
    expect(editorStore.getState().report).toMatchObject({
      act: 'delete',
      lines: [{ subject: 'configmap/old', outcome: 'deleted' }],
    });
  });
});
