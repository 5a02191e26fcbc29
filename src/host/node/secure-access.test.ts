import { execFileSync } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import * as https from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ClusterServer } from './cluster-server';
import { parseServeOptions } from './options';

const TOKEN = 'let-me-in';
const CSRS = '/apis/certificates.k8s.io/v1/certificatesigningrequests';
const folder = mkdtempSync(join(tmpdir(), 'kubarium-secure-'));
let server: ClusterServer;

beforeAll(async () => {
  const flags = ['--port', '0', '--secure-port', '0', '--admin-token', TOKEN, '--preset', 'empty'];
  server = new ClusterServer(parseServeOptions(flags), {
    pageFolder: folder,
    nowMs: () => Date.now(),
  });
  await server.listen();
});

afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true });
});

interface Answer {
  status: number;
  body: Json;
}
type Json = Record<string, never>;

interface Call extends https.RequestOptions {
  body?: object;
}

/** Every call has a connection of its own, so that it shows its own certificate. */
function call(path: string, { body, headers, ...options }: Call = {}): Promise<Answer> {
  const type = body && { 'content-type': 'application/json' };
  const sent = { agent: false, rejectUnauthorized: false, headers: { ...type, ...headers } };
  return new Promise((resolve, reject) => {
    const request = https.request(
      `${server.secureUrl}${path}`,
      { ...sent, ...options },
      (answer) => {
        let text = '';
        answer.on('data', (chunk: Buffer) => (text += chunk.toString()));
        answer.on('end', () => {
          const parsed = (text.startsWith('{') ? JSON.parse(text) : { text }) as Json;
          resolve({ status: answer.statusCode ?? 0, body: parsed });
        });
      },
    );
    request.on('error', reject);
    request.end(body && JSON.stringify(body));
  });
}

function asAdmin(path: string, options: Call = {}): Promise<Answer> {
  const headers = { authorization: `Bearer ${TOKEN}`, ...options.headers };
  return call(path, { ...options, headers: headers as Record<string, string> });
}

async function until(path: string, isThere: (body: Json) => boolean): Promise<Json> {
  for (;;) {
    const { body } = await asAdmin(path);
    if (isThere(body)) return body;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** A private key and a request for it, both PEM, as a person makes them. */
function newRequest(
  name: string,
  subject: string,
  keyArguments: string[],
): { key: string; csr: string } {
  const [keyFile, csrFile] = [join(folder, `${name}.key`), join(folder, `${name}.csr`)];
  const { privateKey } =
    keyArguments[0] === 'rsa'
      ? generateKeyPairSync('rsa', { modulusLength: 2048 })
      : generateKeyPairSync('ec', { namedCurve: 'P-256' });
  writeFileSync(keyFile, privateKey.export({ type: 'pkcs8', format: 'pem' }));
  execFileSync('openssl', ['req', '-new', '-key', keyFile, '-subj', subject, '-out', csrFile]);
  return { key: readFileSync(keyFile, 'utf8'), csr: readFileSync(csrFile, 'utf8') };
}

function requestObject(name: string, csr: string, signer = 'kube-apiserver-client'): object {
  return {
    apiVersion: 'certificates.k8s.io/v1',
    kind: 'CertificateSigningRequest',
    metadata: { name },
    spec: {
      request: Buffer.from(csr).toString('base64'),
      signerName: `kubernetes.io/${signer}`,
      usages: ['client auth'],
    },
  };
}

async function issue(name: string, csr: string): Promise<string> {
  const posted = await asAdmin(CSRS, { method: 'POST', body: requestObject(name, csr) });
  expect(posted.status).toBe(201);
  const type = { 'content-type': 'application/merge-patch+json' };
  const conditions = [{ type: 'Approved', status: 'True', reason: 'Fine', message: 'by a test' }];
  const approval = `${CSRS}/${name}/approval`;
  const body = { status: { conditions } };
  expect((await asAdmin(approval, { method: 'PATCH', headers: type, body })).status).toBe(200);
  type Issued = { status: { certificate?: string } };
  const signed = await until(`${CSRS}/${name}`, (each) =>
    Boolean((each as unknown as Issued).status.certificate),
  );
  const { certificate = '' } = (signed as unknown as Issued).status;
  return Buffer.from(certificate, 'base64').toString();
}

describe('client certificates', () => {
  it.each(['rsa', 'ec'])(
    'from a real %s key to a user who may what a binding says',
    async (kind) => {
      const name = `jane-${kind}`;
      const { key, csr } = newRequest(name, `/O=devs/O=ops/CN=${name}`, [kind]);
      const cert = await issue(name, csr);
      const who = '/apis/authentication.k8s.io/v1/selfsubjectreviews';
      const review = { apiVersion: 'authentication.k8s.io/v1', kind: 'SelfSubjectReview' };
      const known = await call(who, { key, cert, method: 'POST', body: review });
      expect(known.body).toMatchObject({
        status: {
          userInfo: {
            username: name,
            groups: ['devs', 'ops', 'system:authenticated'],
            extra: {
              'authentication.kubernetes.io/credential-id': [
                expect.stringMatching(/^X509SHA256=[0-9a-f]{64}$/),
              ],
            },
          },
        },
      });
      const pods = '/api/v1/namespaces/default/pods';
      expect(await call(pods, { key, cert })).toMatchObject({
        status: 403,
        body: {
          message:
            `pods is forbidden: User "${name}" cannot list resource "pods" in API group "" ` +
            'in the namespace "default"',
        },
      });
      const bindings = '/apis/rbac.authorization.k8s.io/v1/namespaces/default/rolebindings';
      const binding = {
        apiVersion: 'rbac.authorization.k8s.io/v1',
        kind: 'RoleBinding',
        metadata: { name },
        roleRef: { kind: 'ClusterRole', name: 'view' },
        subjects: [{ kind: 'User', name }],
      };
      expect((await asAdmin(bindings, { method: 'POST', body: binding })).status).toBe(201);
      expect((await call(pods, { key, cert })).status).toBe(200);
      expect((await call('/api/v1/pods', { key, cert })).status).toBe(403);
    },
  );

  it('of another authority are no use', async () => {
    const { key } = newRequest('stranger', '/CN=stranger', ['ec']);
    const keyFile = join(folder, 'stranger.key');
    const crt = join(folder, 'stranger.crt');
    const subject = ['-subj', '/O=system:masters/CN=stranger', '-days', '1'];
    execFileSync('openssl', ['req', '-x509', '-new', '-key', keyFile, ...subject, '-out', crt]);
    const answer = await call('/version', { key, cert: readFileSync(crt, 'utf8') });
    expect([answer.status, answer.body]).toMatchObject([401, { message: 'Unauthorized' }]);
  });

  it("are not asked for by a key that is not one's own", async () => {
    const { csr } = newRequest('forged', '/CN=forged', ['ec']);
    const der = Buffer.from(csr.replace(/-----[^-]+-----|\s/g, ''), 'base64');
    der[der.length - 1] ^= 1;
    const forged = csr.replace(/(-----\n)[^-]+/, `$1${der.toString('base64')}\n`);
    const answer = await asAdmin(CSRS, { method: 'POST', body: requestObject('forged', forged) });
    expect(answer.status).toBe(422);
    expect(answer.body).toMatchObject({
      details: {
        causes: [
          {
            field: 'spec.request',
            message: expect.stringMatching(/: x509: ECDSA verification failure$/) as string,
          },
        ],
      },
    });
  });

  it('of system:masters are not given to anybody', async () => {
    const { csr } = newRequest('root', '/O=system:masters/CN=root', ['ec']);
    const answer = await asAdmin(CSRS, { method: 'POST', body: requestObject('root', csr) });
    expect(answer).toMatchObject({
      status: 403,
      body: {
        message:
          'certificatesigningrequests.certificates.k8s.io "root" is forbidden: use of ' +
          'kubernetes.io/kube-apiserver-client signer with system:masters group is not allowed',
      },
    });
  });
});

describe('service accounts on the secure port', () => {
  it('come in by a token that was asked for, whose key the issuer publishes', async () => {
    const path = '/api/v1/namespaces/default/serviceaccounts/default/token';
    const body = { apiVersion: 'authentication.k8s.io/v1', kind: 'TokenRequest', spec: {} };
    const asked = await asAdmin(path, { method: 'POST', body });
    const { token } = (asked.body as unknown as { status: { token: string } }).status;
    const headers = { authorization: `Bearer ${token}` };
    expect(await call('/api/v1/pods', { headers })).toMatchObject({
      status: 403,
      body: {
        message: expect.stringContaining(
          'User "system:serviceaccount:default:default" cannot list',
        ) as string,
      },
    });
    expect((await call('/openid/v1/jwks', { headers })).status).toBe(200);
    const keys = (await asAdmin('/openid/v1/jwks')).body as unknown as { keys: { kid: string }[] };
    const [head] = token.split('.');
    const { kid, alg } = JSON.parse(Buffer.from(head, 'base64url').toString()) as never;
    expect([alg, kid]).toEqual(['RS256', keys.keys[0].kid]);
    expect((await call('/api', { headers: { authorization: `Bearer ${token}x` } })).status).toBe(
      401,
    );
  });

  it('trust the server by the certificate in their Secret', async () => {
    const secrets = '/api/v1/namespaces/default/secrets';
    const annotations = { 'kubernetes.io/service-account.name': 'default' };
    const secret = {
      apiVersion: 'v1',
      kind: 'Secret',
      type: 'kubernetes.io/service-account-token',
      metadata: { name: 'legacy', annotations },
    };
    expect((await asAdmin(secrets, { method: 'POST', body: secret })).status).toBe(201);
    type Filled = { data?: Record<string, string> };
    const filled = (await until(`${secrets}/legacy`, (body) =>
      Boolean((body as unknown as Filled).data?.token),
    )) as unknown as Filled;
    const text = (key: string): string => Buffer.from(filled.data![key], 'base64').toString();
    expect(text('namespace')).toBe('default');
    const headers = { authorization: `Bearer ${text('token')}` };
    const trusting = { ca: text('ca.crt'), rejectUnauthorized: true, headers };
    expect((await call('/api', trusting)).status).toBe(200);
    const map = await asAdmin('/api/v1/namespaces/default/configmaps/kube-root-ca.crt');
    expect(map.body).toMatchObject({ data: { 'ca.crt': text('ca.crt') } });
    await asAdmin(`${secrets}/legacy`, { method: 'DELETE' });
    expect((await call('/api', trusting)).status).toBe(401);
  });
});

describe('pages that the host answers', () => {
  it.each([
    [{}, 403],
    [{ authorization: `Bearer ${TOKEN}` }, 404],
  ])('are for whom RBAC lets in: %j', async (headers, status) => {
    expect((await call('/openapi/v2', { headers })).status).toBe(status);
  });
});
