import { beforeEach, describe, expect, test } from 'vitest';
import { decodeBase64, encodeBase64 } from '../../api/base64';
import type { Cluster } from '../../cluster/cluster';
import { ask, bind, makeRole, must, openCluster, type Told } from '../../testing/access';

const ACCOUNTS = '/api/v1/namespaces/default/serviceaccounts';
const PODS = '/api/v1/namespaces/default/pods';
const WHO = '/apis/authentication.k8s.io/v1/selfsubjectreviews';
const ISSUER = 'https://kubernetes.default.svc';

let cluster: Cluster;
beforeEach(() => {
  cluster = openCluster();
});

interface Review {
  status: {
    authenticated?: boolean;
    error?: string;
    user?: object;
    userInfo: object;
    audiences?: string[];
  };
}

interface TokenAnswer {
  spec: object;
  status: { token: string; expirationTimestamp: string };
}

/** Whom the server takes the bearer of headers for. */
function whoami(headers: Record<string, string>, as?: string): Told {
  const body = { apiVersion: 'authentication.k8s.io/v1', kind: 'SelfSubjectReview' };
  return ask(cluster, 'POST', WHO, { headers, as, body });
}

function userOf(headers: Record<string, string>, as?: string): unknown {
  return (whoami(headers, as).body as unknown as Review).status.userInfo;
}

function requestToken(spec: object = {}, account = 'default'): Told {
  const body = { apiVersion: 'authentication.k8s.io/v1', kind: 'TokenRequest', spec };
  return ask(cluster, 'POST', `${ACCOUNTS}/${account}/token`, { body });
}

function tokenFor(spec: object = {}): string {
  return (requestToken(spec).body as unknown as TokenAnswer).status.token;
}

function claimsOf(token: string): Record<string, unknown> {
  const [, claims] = token.split('.');
  const text = claims.replaceAll('-', '+').replaceAll('_', '/');
  return JSON.parse(decodeBase64(text.padEnd(Math.ceil(text.length / 4) * 4, '='))) as never;
}

function review(token: string, audiences?: readonly string[]): Review['status'] {
  const body = {
    apiVersion: 'authentication.k8s.io/v1',
    kind: 'TokenReview',
    spec: { token, ...(audiences && { audiences }) },
  };
  return must<Review>(cluster, 'POST', '/apis/authentication.k8s.io/v1/tokenreviews', { body })
    .status;
}

function makePod(): { uid: string } {
  const body = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'p' },
    spec: { containers: [{ name: 'c', image: 'nginx' }] },
  };
  return must<{ metadata: { uid: string } }>(cluster, 'POST', PODS, { body }).metadata;
}

describe('tokens of service accounts', () => {
  test('a token says whose it is, for whom, from when and until when', () => {
    const { status, spec } = requestToken({ expirationSeconds: 900 })
      .body as unknown as TokenAnswer;
    const { metadata } = must<{ metadata: { uid: string } }>(cluster, 'GET', `${ACCOUNTS}/default`);
    const claims = claimsOf(status.token);
    expect(status.token.split('.')).toHaveLength(3);
    expect(claims).toMatchObject({
      aud: [ISSUER],
      iss: ISSUER,
      sub: 'system:serviceaccount:default:default',
      'kubernetes.io': {
        namespace: 'default',
        serviceaccount: { name: 'default', uid: metadata.uid },
      },
    });
    expect(Number(claims.exp) - Number(claims.iat)).toBe(900);
    expect(Date.parse(status.expirationTimestamp)).toBe(Number(claims.exp) * 1000);
    expect(spec).toEqual({ audiences: [ISSUER], expirationSeconds: 900, boundObjectRef: null });
  });

  test('its bearer is the account, in its groups', () => {
    expect(userOf({ authorization: `Bearer ${tokenFor()}` })).toMatchObject({
      username: 'system:serviceaccount:default:default',
      groups: ['system:serviceaccounts', 'system:serviceaccounts:default', 'system:authenticated'],
      extra: { 'authentication.kubernetes.io/credential-id': [expect.stringMatching(/^JTI=/)] },
    });
  });

  test('an hour is the default, and after it nobody knows the bearer', () => {
    const authorization = `Bearer ${tokenFor()}`;
    cluster.clock.runFor(3_600_000 - 1000);
    expect(whoami({ authorization }).status).toBe(201);
    cluster.clock.runFor(120_000);
    const { status, body } = whoami({ authorization });
    expect(status).toBe(401);
    expect(body).toEqual({
      kind: 'Status',
      apiVersion: 'v1',
      metadata: {},
      status: 'Failure',
      message: 'Unauthorized',
      reason: 'Unauthorized',
      code: 401,
    });
  });

  test.each([
    [
      599,
      422,
      'spec.expirationSeconds: Invalid value: 599: may not specify a duration less than 10 minutes',
    ],
    [
      2 ** 32 + 1,
      422,
      'spec.expirationSeconds: Invalid value: 4294967297: may not specify a duration larger than 2^32 seconds',
    ],
  ])('not for %i seconds', (expirationSeconds, status, message) => {
    const told = requestToken({ expirationSeconds });
    expect(told.status).toBe(status);
    expect(told.body.message).toContain(message);
  });

  test('nobody has a token of an account that is not there', () => {
    const { status, body } = requestToken({}, 'nobody');
    expect([status, body.message]).toEqual([404, 'serviceaccounts "nobody" not found']);
  });

  test("a pod's token tells the pod, lives a year and dies with it", () => {
    const { uid } = makePod();
    const boundObjectRef = { apiVersion: 'v1', kind: 'Pod', name: 'p', uid };
    const token = tokenFor({ expirationSeconds: 3607, boundObjectRef });
    const claims = claimsOf(token);
    expect(claims['kubernetes.io']).toMatchObject({
      pod: { name: 'p', uid },
      warnafter: Number(claims.iat) + 3607,
    });
    expect(Number(claims.exp) - Number(claims.iat)).toBe(365 * 24 * 3600);
    expect(review(token).user).toMatchObject({
      extra: {
        'authentication.kubernetes.io/pod-name': ['p'],
        'authentication.kubernetes.io/pod-uid': [uid],
      },
    });
    must(cluster, 'DELETE', `${PODS}/p?gracePeriodSeconds=0`);
    expect(review(token).authenticated ?? false).toBe(false);
    expect(whoami({ authorization: `Bearer ${token}` }).status).toBe(401);
  });

  test('a token dies with its account, even when another of that name comes', () => {
    const token = tokenFor();
    must(cluster, 'DELETE', `${ACCOUNTS}/default`);
    cluster.clock.runFor(2000);
    must(cluster, 'GET', `${ACCOUNTS}/default`);
    expect(whoami({ authorization: `Bearer ${token}` }).status).toBe(401);
  });

  const pod = { apiVersion: 'v1', kind: 'Pod', name: 'p' };
  test.each([
    [{ ...pod, name: 'nobody' }, 404, 'pods "nobody" not found'],
    [
      { ...pod, uid: 'x' },
      409,
      'Operation cannot be fulfilled on Pod "p": the UID in the bound object reference (x) does ' +
        'not match the UID in record. The object might have been deleted and then recreated',
    ],
    [
      { apiVersion: 'apps/v1', kind: 'Deployment', name: 'd' },
      400,
      'cannot bind token to object of type apps/v1, Kind=Deployment',
    ],
  ])('no token is bound to %o', (boundObjectRef, status, message) => {
    makePod();
    const told = requestToken({ boundObjectRef });
    expect([told.status, told.body.message]).toEqual([status, message]);
  });

  test("no token of one account is bound to another's pod", () => {
    makePod();
    must(cluster, 'POST', ACCOUNTS, {
      body: { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'robot' } },
    });
    const { status, body } = requestToken({ boundObjectRef: pod }, 'robot');
    expect([status, body.message]).toEqual([
      400,
      'cannot bind token for serviceaccount "robot" to pod running with different ' +
        'serviceaccount name.',
    ]);
  });

  test('a token for another audience is none for the API server', () => {
    const token = tokenFor({ audiences: ['vault', 'other'] });
    expect(whoami({ authorization: `Bearer ${token}` }).status).toBe(401);
    expect(review(token).error).toBeDefined();
    expect(review(token, ['vault', 'x'])).toMatchObject({
      authenticated: true,
      audiences: ['vault'],
    });
    expect(review(token, ['x']).authenticated ?? false).toBe(false);
  });

  test('a forged token is nobody', () => {
    const [head, , signature] = tokenFor().split('.');
    const claims = { ...claimsOf(tokenFor()), sub: 'system:serviceaccount:kube-system:default' };
    const body = encodeBase64(JSON.stringify(claims)).replaceAll(/[=]+$/g, '');
    const forged = [head, body, signature].join('.');
    expect(whoami({ authorization: `Bearer ${forged}` }).status).toBe(401);
  });
});

describe('acting as somebody else', () => {
  beforeEach(() => {
    makeRole(
      cluster,
      'actor',
      [
        { apiGroups: [''], resources: ['users'], verbs: ['impersonate'], resourceNames: ['jane'] },
        { apiGroups: [''], resources: ['groups'], verbs: ['impersonate'], resourceNames: ['devs'] },
        { apiGroups: [''], resources: ['serviceaccounts'], verbs: ['impersonate'] },
        {
          apiGroups: ['authentication.k8s.io'],
          resources: ['userextras/scopes', 'uids'],
          verbs: ['impersonate'],
          resourceNames: ['view', 'u1'],
        },
      ],
      '',
    );
    bind(cluster, 'boss', 'ClusterRole/actor', '');
  });

  test.each([
    [{ 'impersonate-user': 'jane' }, { username: 'jane', groups: ['system:authenticated'] }],
    [
      { 'impersonate-user': 'jane', 'impersonate-group': 'devs', 'impersonate-uid': 'u1' },
      { username: 'jane', uid: 'u1', groups: ['devs', 'system:authenticated'] },
    ],
    [
      { 'impersonate-user': 'jane', 'impersonate-extra-scopes': 'view' },
      { username: 'jane', groups: ['system:authenticated'], extra: { scopes: ['view'] } },
    ],
    [
      { 'impersonate-user': 'system:serviceaccount:default:x' },
      {
        username: 'system:serviceaccount:default:x',
        groups: [
          'system:serviceaccounts',
          'system:serviceaccounts:default',
          'system:authenticated',
        ],
      },
    ],
  ])('with %o', (headers, user) => {
    expect(userOf(headers as never, 'boss')).toEqual(user);
  });

  const may = 'User "boss" cannot impersonate resource';
  test.each([
    [
      { 'impersonate-user': 'john' },
      `users "john" is forbidden: ${may} "users" in API group "" at the cluster scope`,
    ],
    [
      { 'impersonate-user': 'jane', 'impersonate-group': 'ops' },
      `groups "ops" is forbidden: ${may} "groups" in API group "" at the cluster scope`,
    ],
    [
      { 'impersonate-user': 'jane', 'impersonate-extra-scopes': 'edit' },
      'userextras.authentication.k8s.io "edit" is forbidden: ' +
        `${may} "userextras/scopes" in API group "authentication.k8s.io" at the cluster scope`,
    ],
    [
      { 'impersonate-user': 'jane', 'impersonate-uid': 'u2' },
      'uids.authentication.k8s.io "u2" is forbidden: ' +
        `${may} "uids" in API group "authentication.k8s.io" at the cluster scope`,
    ],
  ])('not with %o', (headers, message) => {
    const { status, body } = whoami(headers as never, 'boss');
    expect([status, body.message]).toEqual([403, message]);
  });

  test('a group without a user is no request', () => {
    const { status, body } = whoami({ 'impersonate-group': 'devs' }, 'boss');
    expect(status).toBe(500);
    expect(body.text).toContain('without impersonating a user');
  });

  test('whoever acts as somebody has their rights and no others', () => {
    makeRole(cluster, 'reader', [{ apiGroups: [''], resources: ['pods'], verbs: ['list'] }]);
    bind(cluster, 'jane', 'Role/reader');
    const headers = { 'impersonate-user': 'jane' };
    expect(ask(cluster, 'GET', PODS, { as: 'boss' }).status).toBe(403);
    expect(ask(cluster, 'GET', PODS, { as: 'boss', headers }).status).toBe(200);
    expect(ask(cluster, 'GET', '/api/v1/nodes', { headers }).body.message).toBe(
      'nodes is forbidden: User "jane" cannot list resource "nodes" in API group "" ' +
        'at the cluster scope',
    );
  });
});

test.each(['Bearer nonsense', 'Bearer a.b.c', 'bearer x.y.z'])('%j is nobody', (authorization) => {
  expect(whoami({ authorization }).status).toBe(401);
});

describe('tokens for joining', () => {
  const SECRETS = '/api/v1/namespaces/kube-system/secrets';
  const TOKEN = 'abcdef.0123456789abcdef';
  const GOOD = {
    'token-id': 'abcdef',
    'token-secret': '0123456789abcdef',
    'usage-bootstrap-authentication': 'true',
  };

  function makeToken(
    stringData: object,
    { type = 'bootstrap.kubernetes.io/token', name = 'bootstrap-token-abcdef' } = {},
  ): void {
    must(cluster, 'POST', SECRETS, { body: { metadata: { name }, type, stringData } });
  }

  test('its bearer is in the groups that the Secret names, in their order', () => {
    const groups = 'system:bootstrappers:z,system:bootstrappers:a,system:bootstrappers:z';
    makeToken({ ...GOOD, 'auth-extra-groups': groups, expiration: '2026-01-01T01:00:00+00:00' });
    const user = {
      username: 'system:bootstrap:abcdef',
      groups: [
        'system:bootstrappers',
        'system:bootstrappers:a',
        'system:bootstrappers:z',
        'system:authenticated',
      ],
    };
    expect(userOf({ authorization: `Bearer ${TOKEN}` })).toEqual(user);
    expect(review(TOKEN)).toEqual({ authenticated: true, user, audiences: [ISSUER] });
    cluster.clock.runFor(3_600_000);
    expect(whoami({ authorization: `Bearer ${TOKEN}` }).status).toBe(401);
  });

  test.each([
    ['for signing alone', { ...GOOD, 'usage-bootstrap-authentication': 'false' }, {}],
    ['with another secret part', { ...GOOD, 'token-secret': 'fedcba9876543210' }, {}],
    ['with another id', { ...GOOD, 'token-id': 'abcdeg' }, {}],
    ['whose time is over', { ...GOOD, expiration: '2025-12-31T00:00:00Z' }, {}],
    ['whose time is none', { ...GOOD, expiration: 'tomorrow' }, {}],
    ['in a group of others', { ...GOOD, 'auth-extra-groups': 'system:masters' }, {}],
    ['of another type', GOOD, { type: 'Opaque' }],
    ['of another name', GOOD, { name: 'bootstrap-token-ghijkl' }],
  ])('nobody is let in by one %s', (_, data, more) => {
    makeToken(data, more);
    expect(whoami({ authorization: `Bearer ${TOKEN}` }).status).toBe(401);
    expect(review(TOKEN).error).toBe('invalid bearer token');
  });
});
