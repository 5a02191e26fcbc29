import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import * as http from 'node:http';
import * as https from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { machines } from '../../api/resource-ref';
import { ClusterServer } from './cluster-server';
import { parseServeOptions } from './options';

const TOKEN = 'let-me-in';
const folder = mkdtempSync(join(tmpdir(), 'kubarium-serve-'));
let server: ClusterServer;

beforeAll(async () => {
  mkdirSync(join(folder, 'dist/assets'), { recursive: true });
  writeFileSync(join(folder, 'dist/index.html'), '<!doctype html>');
  writeFileSync(join(folder, 'dist/assets/page-1.js'), 'run()');
  writeFileSync(join(folder, 'secret.txt'), 'secret');
  server = await serve('--preset', 'kubeadm');
});

afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true });
});

async function serve(...flags: string[]): Promise<ClusterServer> {
  const ports = ['--port', '0', '--secure-port', '0', '--admin-token', TOKEN];
  const options = parseServeOptions([...ports, ...flags]);
  const parts = { pageFolder: join(folder, 'dist'), nowMs: () => Date.now() };
  const made = new ClusterServer(options, parts);
  await made.listen();
  return made;
}

interface Answer {
  status: number;
  headers: http.IncomingHttpHeaders;
  body: Buffer;
}

function ask(url: string, options: https.RequestOptions = {}, body?: string): Promise<Answer> {
  const { request } = url.startsWith('https:') ? https : http;
  return new Promise((resolve, reject) => {
    const sent = request(url, { rejectUnauthorized: false, ...options }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => {
        const { statusCode = 0, headers } = response;
        resolve({ status: statusCode, headers, body: Buffer.concat(chunks) });
      });
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

function jsonOf({ body }: Answer) {
  return JSON.parse(body.toString()) as Record<string, unknown>;
}

describe('the plain port', () => {
  it('answers the API with full rights, at the time of the wall', async () => {
    const answer = await ask(`${server.url}/api/v1/nodes/n1`);
    expect(answer.status).toBe(200);
    expect(answer.headers['content-type']).toBe('application/json');
    expect(answer.headers['audit-id']).toMatch(/^[0-9a-f-]{36}$/);
    expect(jsonOf(answer)).toMatchObject({ kind: 'Node', metadata: { name: 'n1' } });
    expect(Math.abs(server.cluster.clock.nowMs - Date.now())).toBeLessThan(2000);
  });

  it.each(['evil.example', 'evil.example:8001', '192.168.1.2', '127.0.0.1.evil.example'])(
    'refuses the host %j',
    async (host) => {
      const answer = await ask(`${server.url}/api`, { headers: { host } });
      expect([answer.status, answer.body.toString()]).toEqual([403, 'Forbidden\n']);
    },
  );

  it.each(['localhost', 'localhost:8001', '[::1]:8001', '127.0.0.1'])(
    'takes the host %s',
    async (host) => {
      expect((await ask(`${server.url}/api`, { headers: { host } })).status).toBe(200);
    },
  );

  it('refuses what the page of another place sends', async () => {
    const headers = { origin: 'https://evil.example' };
    const path = `${server.url}/api/v1/namespaces/default/pods`;
    const answer = await ask(path, { method: 'POST', headers }, '{}');
    expect(answer.status).toBe(403);
    expect(answer.headers['access-control-allow-origin']).toBeUndefined();
    const own = await ask(`${server.url}/api`, { headers: { origin: server.url } });
    expect(own.status).toBe(200);
  });

  it('compresses what is large for those who can read it', async () => {
    const data = { a: 'x'.repeat(200_000) };
    const path = `${server.url}/api/v1/namespaces/default/configmaps`;
    const object = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'large' }, data };
    expect((await ask(path, { method: 'POST' }, JSON.stringify(object))).status).toBe(201);
    const plain = await ask(`${path}/large`);
    expect(plain.headers['content-encoding']).toBeUndefined();
    const packed = await ask(`${path}/large`, { headers: { 'accept-encoding': 'gzip' } });
    expect(packed.headers['content-encoding']).toBe('gzip');
    expect(packed.body.length).toBeLessThan(10_000);
    expect(gunzipSync(packed.body)).toEqual(plain.body);
  });

  it('refuses bodies that are too large', async () => {
    const path = `${server.url}/api/v1/namespaces/default/configmaps`;
    const answer = await ask(path, { method: 'POST' }, 'x'.repeat(3 * 1024 * 1024 + 1));
    expect(answer.status).toBe(413);
    expect(jsonOf(answer)).toMatchObject({ reason: 'RequestEntityTooLarge' });
  });

  it.each([
    ['application/vnd.kubernetes.protobuf', 406],
    ['application/vnd.kubernetes.protobuf,application/json', 200],
    ['text/html', 406],
  ])('answers Accept %s with %i', async (accept, status) => {
    const answer = await ask(`${server.url}/api/v1/pods`, { headers: { accept } });
    expect(answer.status).toBe(status);
  });

  it('sends every warning as a line of its own', async () => {
    const path = `${server.url}/api/v1/namespaces/default/pods?dryRun=All&fieldValidation=Warn`;
    const spec = { containers: [{ name: 'c', image: 'nginx', odd: 1, even: 2 }] };
    const pod = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'p' }, spec };
    const lines = await new Promise<string[]>((resolve) => {
      const sent = http.request(path, { method: 'POST' }, ({ rawHeaders }) => {
        resolve(rawHeaders.filter((_, at) => rawHeaders[at - 1] === 'Warning'));
      });
      sent.end(JSON.stringify(pod));
    });
    expect(lines).toEqual([
      '299 - "unknown field \\"spec.containers[0].odd\\""',
      '299 - "unknown field \\"spec.containers[0].even\\""',
    ]);
  });

  it('streams a watch line by line while things happen', async () => {
    const root = `${server.url}/api/v1/namespaces/default/configmaps`;
    const events = await new Promise<unknown[]>((resolve) => {
      const seen: unknown[] = [];
      http.get(`${root}?watch=true&fieldSelector=metadata.name=seen`, (response) => {
        expect(response.headers['transfer-encoding']).toBe('chunked');
        response.on('data', (chunk: Buffer) => {
          const { type, object } = JSON.parse(chunk.toString()) as never;
          seen.push([type, (object as { data?: unknown }).data]);
          if (seen.length < 2) return;
          response.destroy();
          resolve(seen);
        });
        const object = { metadata: { name: 'seen' }, data: { a: '1' } };
        void ask(root, { method: 'POST' }, JSON.stringify(object)).then(() =>
          ask(`${root}/seen`, { method: 'DELETE' }),
        );
      });
    });
    expect(events).toEqual([
      ['ADDED', { a: '1' }],
      ['DELETED', { a: '1' }],
    ]);
  });
});

describe('the secure port', () => {
  it('lets the bearer of the token do everything', async () => {
    const headers = { authorization: `Bearer ${TOKEN}` };
    expect((await ask(`${server.secureUrl}/api/v1/pods`, { headers })).status).toBe(200);
  });

  it.each(['Bearer wrong', 'bearer a.b.c', `Bearer ${TOKEN}x`])(
    'refuses %j',
    async (authorization) => {
      const answer = await ask(`${server.secureUrl}/api`, { headers: { authorization } });
      expect([answer.status, jsonOf(answer)]).toEqual([
        401,
        {
          kind: 'Status',
          apiVersion: 'v1',
          metadata: {},
          status: 'Failure',
          message: 'Unauthorized',
          reason: 'Unauthorized',
          code: 401,
        },
      ]);
    },
  );

  it.each([
    ['/version', 200],
    ['/readyz', 200],
    ['/livez?verbose', 200],
    ['/api', 403],
    ['/versions', 403],
  ])('shows a stranger %s with %i', async (path, status) => {
    expect((await ask(`${server.secureUrl}${path}`)).status).toBe(status);
  });

  it.each(['Bearer ', 'Basic abc'])('takes who sends %j for a stranger', async (authorization) => {
    const answer = await ask(`${server.secureUrl}/api`, { headers: { authorization } });
    expect(answer.status).toBe(403);
  });

  it('says who may not', async () => {
    expect(jsonOf(await ask(`${server.secureUrl}/api?x=1`))).toMatchObject({
      message: 'forbidden: User "system:anonymous" cannot get path "/api"',
      reason: 'Forbidden',
    });
  });

  it('is trusted by its own kubeconfig', async () => {
    const [, encoded] = /certificate-authority-data: (\S+)/.exec(server.kubeconfig)!;
    const ca = Buffer.from(encoded, 'base64').toString();
    const answer = await ask(`${server.secureUrl}/version`, { ca, rejectUnauthorized: true });
    expect(answer.status).toBe(200);
    expect(server.kubeconfig).toContain(`server: ${server.secureUrl}\n`);
    expect(server.kubeconfig).toContain(`token: "${TOKEN}"\n`);
  });
});

describe('the page', () => {
  it.each([
    ['/ui/', 200, 'text/html; charset=utf-8', '<!doctype html>'],
    ['/ui/?embed', 200, 'text/html; charset=utf-8', '<!doctype html>'],
    ['/ui/assets/page-1.js', 200, 'text/javascript; charset=utf-8', 'run()'],
    ['/ui/absent.js', 404, 'text/plain; charset=utf-8', '404 page not found\n'],
    ['/ui/%2e%2e/secret.txt', 404, 'text/plain; charset=utf-8', '404 page not found\n'],
    ['/ui/..%2fsecret.txt', 404, 'text/plain; charset=utf-8', '404 page not found\n'],
    ['/ui/%', 404, 'text/plain; charset=utf-8', '404 page not found\n'],
  ])('%s', async (path, status, type, body) => {
    const answer = await ask(`${server.url}${path}`);
    expect([answer.status, answer.headers['content-type'], answer.body.toString()]).toEqual([
      status,
      type,
      body,
    ]);
  });

  it('begins with a slash', async () => {
    const answer = await ask(`${server.url}/ui`);
    expect([answer.status, answer.headers.location]).toEqual([308, '/ui/']);
  });
});

describe('a scenario', () => {
  it('brings its own machines and objects', async () => {
    const file = join(folder, 'scenario.yaml');
    writeFileSync(file, SCENARIO);
    const made = await serve('--scenario', file);
    try {
      expect(made.cluster.world.list(machines).items.map(({ metadata }) => metadata.name)).toEqual([
        'big',
        'm1',
      ]);
      const answer = await ask(`${made.url}/api/v1/namespaces/shop/configmaps/prices`);
      expect(jsonOf(answer)).toMatchObject({ data: { tea: '3' } });
    } finally {
      made.close();
    }
  });

  it.each([
    ['kind: Pod', /every document needs apiVersion and kind/],
    ['apiVersion: v9\nkind: Pod\nmetadata: {name: p}', /no kind Pod in v9 is served/],
    ['apiVersion: v1\nkind: Pod\nmetadata: {name: p}', /Pod p: .*spec.containers: Required value/],
    ['a: [', /Flow sequence|flow/i],
  ])('tells what is wrong with %j', async (text, message) => {
    const file = join(folder, 'wrong.yaml');
    writeFileSync(file, text);
    await expect(serve('--scenario', file, '--preset', 'empty')).rejects.toThrow(message);
  });
});

describe('while the simulated apiserver is down', () => {
  it('the world answers, the secure port refuses, and both come back', async () => {
    const made = await serve('--speed', '50');
    const power = (value: string): Promise<Answer> =>
      ask(
        `${made.url}/apis/sim.kubarium.dev/v1alpha1/machines/m1`,
        { method: 'PATCH', headers: { 'content-type': 'application/merge-patch+json' } },
        JSON.stringify({ spec: { power: value } }),
      );
    try {
      expect((await power('Off')).status).toBe(200);
      await until(() => !made.cluster.controlPlanes.front.isOpen);
      await until(() =>
        ask(`${made.secureUrl}/version`).then(
          () => false,
          (error: NodeJS.ErrnoException) => error.code === 'ECONNREFUSED',
        ),
      );
      expect((await ask(`${made.url}/api/v1/pods`)).status).toBe(503);
      expect((await power('On')).status).toBe(200);
      await until(() =>
        ask(`${made.secureUrl}/version`).then(
          ({ status }) => status === 200,
          () => false,
        ),
      );
      expect((await ask(`${made.url}/api/v1/pods`)).status).toBe(200);
    } finally {
      made.close();
    }
  }, 20_000);
});

async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 300; tries++) {
    if (await isSo()) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('it never came to be so');
}

const SCENARIO = `
apiVersion: sim.kubarium.dev/v1alpha1
kind: Machine
metadata: {name: m1}
spec: {power: "On", role: control-plane, capacity: {cpu: "4", memory: 8Gi, pods: 110}}
---
apiVersion: sim.kubarium.dev/v1alpha1
kind: Machine
metadata: {name: big}
spec: {power: "On", role: worker, capacity: {cpu: "64", memory: 256Gi, pods: 110}}
---
apiVersion: v1
kind: Namespace
metadata: {name: shop}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: prices, namespace: shop}
data: {tea: "3"}
`;
