import { describe, expect, it } from 'vitest';
import { resourceDefinitions } from '../../resources';
import type { ResourceDefinition } from '../../resources/definition';
import { OpenApi } from './openapi';

const docs = {
  definitions: {
    Deployment: {
      description: 'Deployment runs \\"pods\\".',
      properties: { spec: { description: 'What is wanted.' } },
    },
    Container: {
      properties: { imagePullPolicy: { description: 'When.', enum: ['Always', 'Never'] } },
    },
  },
};
const api = new OpenApi(
  () => resourceDefinitions as unknown as readonly ResourceDefinition[],
  () => docs,
);

function get(path: string): never {
  return JSON.parse(api.handle({ method: 'GET', path })!.body as string) as never;
}

const apps: { paths: Record<string, object>; components: { schemas: Record<string, object> } } =
  get('/openapi/v3/apis/apps/v1');

describe('OpenAPI 3', () => {
  it('has an index of every group and version, whose address changes with the content', () => {
    const { paths }: { paths: Record<string, { serverRelativeURL: string }> } = get('/openapi/v3');
    expect(Object.keys(paths)).toEqual(expect.arrayContaining(['api/v1', 'apis/apps/v1']));
    expect(Object.keys(paths)).toContain('apis/sim.kubarium.dev/v1alpha1');
    const urls = Object.values(paths).map(({ serverRelativeURL }) => serverRelativeURL);
    expect(paths['api/v1'].serverRelativeURL).toMatch(
      /^\/openapi\/v3\/api\/v1\?hash=[0-9A-F]{32}$/,
    );
    expect(new Set(urls).size).toBe(urls.length);
  });

  it('says by a tag whether a document has changed, and keeps what is asked for by its hash', () => {
    const path = '/openapi/v3/apis/apps/v1';
    const { paths }: { paths: Record<string, { serverRelativeURL: string }> } = get('/openapi/v3');
    const { serverRelativeURL } = paths['apis/apps/v1'];
    const etag = `"${serverRelativeURL.split('=')[1]}"`;
    const ask = (to: string, headers: Record<string, string> = {}) => {
      const { status, headers: given } = api.handle({ method: 'GET', path: to, headers })!;
      return [status, given.Etag, given['Cache-Control'], given.Location];
    };
    expect(ask(path)).toEqual([200, etag, undefined, undefined]);
    expect(ask(path, { 'if-none-match': etag })).toEqual([304, etag, undefined, undefined]);
    expect(ask(serverRelativeURL)).toEqual([200, etag, 'public, immutable', undefined]);
    expect(ask(`${path}?hash=1`)).toEqual([301, undefined, undefined, serverRelativeURL]);
  });

  it('describes a kind under its Go name, with words, kind and references', () => {
    const ref = (name: string) => ({ allOf: [{ $ref: `#/components/schemas/io.k8s.${name}` }] });
    expect(apps.components.schemas['io.k8s.api.apps.v1.Deployment']).toEqual({
      description: 'Deployment runs "pods".',
      type: 'object',
      properties: {
        apiVersion: { type: 'string' },
        kind: { type: 'string' },
        metadata: ref('apimachinery.pkg.apis.meta.v1.ObjectMeta'),
        spec: { description: 'What is wanted.', ...ref('api.apps.v1.DeploymentSpec') },
        status: ref('api.apps.v1.DeploymentStatus'),
      },
      'x-kubernetes-group-version-kind': [{ group: 'apps', version: 'v1', kind: 'Deployment' }],
    });
  });

  it.each([
    ['api.apps.v1.DeploymentSpec', 'replicas', { type: 'integer', format: 'int32' }],
    ['api.core.v1.Container', 'imagePullPolicy', { type: 'string', enum: ['Always', 'Never'] }],
    ['api.core.v1.Container', 'command', { type: 'array', items: { type: 'string' } }],
    [
      'api.core.v1.PodSpec',
      'containers',
      { 'x-kubernetes-list-type': 'map', 'x-kubernetes-patch-merge-key': 'name' },
    ],
    ['apimachinery.pkg.apis.meta.v1.ObjectMeta', 'labels', { type: 'object' }],
  ])('%s.%s', (model, field, expected) => {
    const schema = apps.components.schemas[`io.k8s.${model}`] as {
      properties: Record<string, object>;
    };
    expect(schema.properties[field]).toMatchObject(expected);
  });

  it('refers to nothing that is not there', () => {
    const refs = [...JSON.stringify(apps).matchAll(/"\$ref":"#\/components\/schemas\/([^"]+)"/g)];
    expect(refs.length).toBeGreaterThan(200);
    for (const [, name] of refs) expect(apps.components.schemas).toHaveProperty([name]);
  });

  it('tells that writes check fields, and which patches there are, as kubectl asks', () => {
    const path = '/apis/apps/v1/namespaces/{namespace}/deployments/{name}';
    expect(apps.paths[path]).toMatchObject({
      patch: {
        parameters: expect.arrayContaining([
          { name: 'fieldValidation', in: 'query', schema: { type: 'string', uniqueItems: true } },
        ]) as unknown,
        'x-kubernetes-action': 'patch',
        'x-kubernetes-group-version-kind': { group: 'apps', version: 'v1', kind: 'Deployment' },
        requestBody: {
          content: {
            'application/json-patch+json': { schema: {} },
            'application/merge-patch+json': { schema: {} },
            'application/strategic-merge-patch+json': { schema: {} },
            'application/apply-patch+yaml': { schema: {} },
          },
        },
      },
    });
  });

  it.each([
    ['/apis/apps/v1/deployments', ['get']],
    ['/apis/apps/v1/namespaces/{namespace}/deployments', ['get', 'post', 'delete', 'parameters']],
    [
      '/apis/apps/v1/namespaces/{namespace}/deployments/{name}/scale',
      ['get', 'put', 'patch', 'parameters'],
    ],
  ])('%s has %j', (path, operations) => {
    expect(Object.keys(apps.paths[path]).sort()).toEqual(operations.toSorted());
  });

  it.each(['/openapi/v3/apis/absent/v1', '/openapi/v2/apis/apps/v1'])('has no %s', (path) => {
    expect(api.handle({ method: 'GET', path })).toMatchObject({ status: 404 });
  });

  it.each(['/openapi', '/openapi/v4', '/api/v1/pods'])('leaves %s to others', (path) => {
    expect(api.handle({ method: 'GET', path })).toBeUndefined();
  });
});

describe('OpenAPI 2', () => {
  it('answers who has the document that it has not changed', () => {
    const { headers } = api.handle({ method: 'GET', path: '/openapi/v2' })!;
    const again = api.handle({
      method: 'GET',
      path: '/openapi/v2',
      headers: { 'if-none-match': headers.Etag },
    })!;
    expect([again.status, again.body]).toEqual([304, '']);
  });

  it('holds everything in one document, where references stand bare', () => {
    const document: { swagger: string; definitions: Record<string, object>; paths: object } =
      get('/openapi/v2?timeout=32s');
    expect(document.swagger).toBe('2.0');
    expect(document.definitions['io.k8s.api.core.v1.Pod']).toMatchObject({
      properties: { spec: { $ref: '#/definitions/io.k8s.api.core.v1.PodSpec' } },
    });
    expect(document.paths).toHaveProperty(['/api/v1/namespaces/{namespace}/pods/{name}/eviction']);
  });

  it('is sent in protobuf to kubectl, which reads nothing else', () => {
    for (const accept of [
      'application/com.github.proto-openapi.spec.v2@v1.0+protobuf',
      'application/com.github.proto-openapi.spec.v2.v1.0+protobuf',
    ]) {
      const { headers, body } = api.handle({
        method: 'GET',
        path: '/openapi/v2',
        headers: { accept },
      })!;
      expect(headers['Content-Type']).toBe(
        'application/com.github.proto-openapi.spec.v2.v1.0+protobuf',
      );
      // Field 1, three bytes of text: '2.0'.
      expect([...(body as Uint8Array).subarray(0, 5)]).toEqual([0x0a, 3, 0x32, 0x2e, 0x30]);
      expect(Buffer.from(body as Uint8Array).toString('latin1')).toContain(
        'x-kubernetes-group-version-kind',
      );
    }
  });
});
