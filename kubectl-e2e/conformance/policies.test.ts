// Upstream: test/e2e/apimachinery/{chunking,validatingadmissionpolicy,webhook}.go; what needs a
// webhook that answers is not here.
import { expect } from 'vitest';
import { list, refused, suite, text, until, type Item, type Place } from './framework';

// A token of a list lives for minutes.
const { conformance } = suite(60);

const chunking = '[sig-api-machinery] Servers with support for API chunking';

async function makeTemplates({ api, namespace }: Place, count: number): Promise<void> {
  const templates = api.core('podtemplates', namespace);
  for (let index = 0; index < count; index++) {
    await templates.create({
      metadata: { name: `template-${String(index).padStart(4, '0')}` },
      template: { spec: { containers: [{ name: 'test', image: 'test2' }] } },
    });
  }
}

conformance(
  `${chunking} should return chunks of results for list calls [Conformance]`,
  async (place) => {
    const total = 40;
    await makeTemplates(place, total);
    const templates = place.api.core('podtemplates', place.namespace);
    for (const limit of [7, 13]) {
      let found = 0;
      let version: string | undefined;
      let token = '';
      do {
        const page = await templates.list({ limit, ...(token && { continue: token }) });
        expect(page.items.length).toBeLessThanOrEqual(limit);
        version ??= text(page.metadata.resourceVersion);
        expect(page.metadata.resourceVersion).toBe(version);
        for (const { metadata } of page.items) {
          expect(metadata.name).toBe(`template-${String(found++).padStart(4, '0')}`);
        }
        token = text(page.metadata.continue) ?? '';
        if (token) expect(page.metadata.remainingItemCount).toBe(total - found);
        else expect(page.metadata.remainingItemCount).toBeUndefined();
      } while (token);
      expect(found).toBe(total);
    }
    const whole = await templates.list();
    expect([whole.items.length, whole.metadata.continue]).toEqual([total, undefined]);
    const { metadata } = whole.items[0];
    expect(metadata.name).toBe('template-0000');
  },
);

conformance(
  `${chunking} should support continue listing from the last key if the original version has been compacted away, though the list is inconsistent [Slow] [Conformance]`,
  async (place) => {
    const total = 40;
    await makeTemplates(place, total);
    const templates = place.api.core('podtemplates', place.namespace);
    const first = await templates.list({ limit: total / 4 });
    const token = text(first.metadata.continue);
    const refusal = await until('the token to expire', async () => {
      const answer = await place.api.send(
        'GET',
        `${templates.path}?limit=${total / 4}&continue=${encodeURIComponent(token)}`,
      );
      return answer.code === 410 && answer.body;
    });
    expect(refusal).toMatchObject({ reason: 'Expired' });
    const inconsistent = text(refusal.metadata.continue);
    expect(inconsistent).toBeTruthy();
    let found = first.items.length;
    let next = inconsistent;
    let version: string | undefined;
    do {
      const page = await templates.list({ limit: total / 4, continue: next });
      version ??= text(page.metadata.resourceVersion);
      expect(page.metadata.resourceVersion).toBe(version);
      expect(version).not.toBe(text(first.metadata.resourceVersion));
      found += page.items.length;
      next = text(page.metadata.continue) ?? '';
      if (next) expect(page.metadata.remainingItemCount).toBe(total - found);
    } while (next);
    expect(found).toBe(total);
  },
);

const policy = '[sig-api-machinery] ValidatingAdmissionPolicy [Privileged:ClusterAdmin]';
const RULES = [
  { apiGroups: ['apps'], apiVersions: ['v1'], operations: ['CREATE'], resources: ['deployments'] },
];

async function bind(place: Place, spec: object): Promise<void> {
  const { api, namespace } = place;
  const name = `${namespace}.policy.example.com`;
  const namespaceSelector = { matchLabels: { [namespace]: 'true' } };
  await api
    .core('namespaces')
    .patch(namespace, 'merge', { metadata: { labels: { [namespace]: 'true' } } });
  await api.of('admissionregistration.k8s.io/v1', 'validatingadmissionpolicies').create({
    metadata: { name },
    spec: { matchConstraints: { namespaceSelector, resourceRules: RULES }, ...spec },
  });
  await until('the types to be checked', async () => {
    const { metadata, status } = await api
      .of('admissionregistration.k8s.io/v1', 'validatingadmissionpolicies')
      .get(name);
    if (!status?.typeChecking) return false;
    expect(status.typeChecking.expressionWarnings ?? []).toEqual([]);
    return text(status.observedGeneration) === text(metadata.generation);
  });
  await api.of('admissionregistration.k8s.io/v1', 'validatingadmissionpolicybindings').create({
    metadata: { name },
    spec: { policyName: name, validationActions: ['Deny'], matchResources: { namespaceSelector } },
  });
  const marker = deployment('marker', -1);
  await until('the policy to be enforced', async () => {
    const { body } = await api.send(
      'POST',
      `${api.of('apps/v1', 'deployments', namespace).path}?dryRun=All`,
      marker,
    );
    return /denied request/.test(text(body.message) ?? '') || text(body.kind) === 'Status';
  });
}

const deployment = (name: string, replicas: number): object => ({
  metadata: { name },
  spec: {
    replicas,
    selector: { matchLabels: { test: 'a' } },
    template: {
      metadata: { labels: { test: 'a' } },
      spec: { containers: [{ name: 'c', image: 'registry.k8s.io/pause:3.10.1' }] },
    },
  },
});

for (const [words, spec] of [
  [
    'should validate against a Deployment',
    {
      validations: [
        {
          expression: 'object.spec.replicas > 1',
          messageExpression: '"wants replicas > 1, got " + string(object.spec.replicas)',
        },
        {
          expression: 'namespaceObject.metadata.name.startsWith("e2e")',
          message: 'Internal error! Other namespace should not be allowed.',
        },
      ],
    },
  ],
  [
    'should allow expressions to refer variables.',
    {
      variables: [
        { name: 'replicas', expression: 'object.spec.replicas' },
        { name: 'replicasReminder', expression: 'variables.replicas % 2' },
      ],
      validations: [
        {
          expression: 'variables.replicas > 1',
          messageExpression: '"wants replicas > 1, got " + string(variables.replicas)',
        },
        { expression: 'variables.replicasReminder == 0 || variables.replicas > 2', message: 'odd' },
      ],
    },
  ],
] as const) {
  conformance(`${policy} ${words} [Conformance]`, async (place) => {
    await bind(place, spec);
    const client = place.api.of('apps/v1', 'deployments', place.namespace);
    await client.create(deployment('replicated', 2));
    const { message } = await refused(client.create(deployment('not-replicated', 1)));
    expect(message).toMatch(/denied request: wants replicas > 1, got 1$/);
  });
}

const webhooks = '[sig-api-machinery] AdmissionWebhook [Privileged:ClusterAdmin]';

for (const [kind, plural] of [
  ['validating', 'validatingwebhookconfigurations'],
  ['mutating', 'mutatingwebhookconfigurations'],
] as const) {
  const configuration = (name: string, matchConditions: object[]): object => ({
    metadata: { name },
    webhooks: [
      {
        name: `${kind}.example.com`,
        rules: [
          {
            apiGroups: [''],
            apiVersions: ['v1'],
            operations: ['CREATE'],
            resources: ['configmaps'],
          },
        ],
        clientConfig: {
          service: {
            namespace: 'nowhere',
            name: 'e2e-test-webhook',
            path: '/always-allow',
            port: 8443,
          },
        },
        sideEffects: 'None',
        admissionReviewVersions: ['v1', 'v1beta1'],
        namespaceSelector: { matchLabels: { nowhere: 'true' } },
        matchConditions,
      },
    ],
  });

  conformance(
    `${webhooks} should be able to create and update ${kind} webhook configurations with match conditions [Conformance]`,
    async ({ api, namespace }) => {
      const client = api.of('admissionregistration.k8s.io/v1', plural);
      const first = [
        { name: 'expression-1', expression: "object.metadata.namespace == 'production'" },
      ];
      const made = await client.create(configuration(namespace, first));
      expect(list(made.webhooks)[0].matchConditions).toEqual(first);
      const both = [
        ...first,
        { name: 'expression-2', expression: "object.metadata.namespace == 'staging'" },
      ];
      const updated = await client.change(namespace, (object) => ({
        ...object,
        webhooks: [{ ...list(object.webhooks)[0], matchConditions: both }],
      }));
      expect(list(updated.webhooks)[0].matchConditions).toEqual(both);
      await client.delete(namespace);
    },
  );

  conformance(
    `${webhooks} should reject ${kind} webhook configurations with invalid match conditions [Conformance]`,
    async ({ api, namespace }) => {
      const client = api.of('admissionregistration.k8s.io/v1', plural);
      const bad = [{ name: 'invalid-expression-1', expression: '... [] bad expression' }];
      const refusal: Item = await refused(client.create(configuration(namespace, bad)));
      expect(refusal.code).toBe(422);
      expect(refusal.message).toMatch(/compilation failed/);
    },
  );
}
