import { four } from './manifests';
import { expect, test } from './page';

const greedy = `apiVersion: v1
kind: Pod
metadata:
  name: train
spec:
  containers:
    - name: train
      image: python:3.13
      resources:
        requests: { cpu: "16" }
`;

test('why a pod waits: every filter at every node', async ({ kubarium }) => {
  const { page, inspector } = kubarium;
  await kubarium.open();
  await kubarium.paste(greedy);
  await kubarium.apply();
  await page.locator('[data-kind="Pod"][data-name="train"]').click();
  await expect(inspector.getByRole('heading', { name: 'No node fits.' })).toBeVisible();
  await expect(inspector).toContainText('0/5 nodes are available');
  const row = inspector.getByRole('row', { name: /NodeResourcesFit/ });
  await expect(row.getByText('rejects')).toHaveCount(4);
  await expect(inspector.getByText('Insufficient cpu').first()).toBeVisible();
});

test('why a pod is where it is, its YAML live, its events and conditions', async ({ kubarium }) => {
  const { page, inspector } = kubarium;
  await kubarium.open();
  await kubarium.paste(four);
  await kubarium.speed('5×');
  await kubarium.apply();
  await expect(kubarium.pods('web', 'running')).toHaveCount(4);
  await kubarium.pods('web').first().click();
  await expect(inspector).toContainText('Running and ready');
  await inspector.getByRole('tab', { name: 'Why here' }).click();
  await expect(inspector.getByText(/score × weight/)).toBeVisible();
  await inspector.getByRole('tab', { name: 'YAML' }).click();
  await expect(inspector).toContainText('image: nginx:1.27');
  await expect(inspector).not.toContainText('managedFields');
  await inspector.getByRole('tab', { name: /Events/ }).click();
  for (const reason of ['Scheduled', 'Pulling', 'Pulled', 'Created', 'Started']) {
    await expect(inspector.getByRole('cell', { name: reason, exact: true })).toBeVisible();
  }
  await inspector.getByRole('tab', { name: 'Conditions' }).click();
  await expect(inspector.getByRole('rowheader', { name: 'ContainersReady' })).toBeVisible();

  // Up the owners, live at each.
  await inspector.getByRole('tab', { name: 'Summary' }).click();
  await inspector.getByRole('button', { name: /^ReplicaSet web-/ }).click();
  await inspector.getByRole('button', { name: 'Deployment web' }).click();
  await expect(inspector).toContainText('4 of 4 ready');
  await expect(inspector.getByText('4 wanted, 4 made')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(inspector).toHaveCount(0);
  await expect(kubarium.codeEditor()).toBeVisible();
});

test('nodes, Services and components open too', async ({ kubarium }) => {
  const { page, inspector } = kubarium;
  await kubarium.open();
  await kubarium.node('n1').focus();
  await page.keyboard.press('Enter');
  await expect(inspector.getByText('CPU requested')).toBeVisible();
  await inspector.getByRole('tab', { name: 'Conditions' }).click();
  await expect(inspector).toContainText('kubelet is posting ready status');
  await page.locator('[data-kind="Service"][data-name="kube-dns"]').click();
  await expect(inspector).toContainText('2 of 2 endpoints ready');
  await kubarium.component('etcd').click();
  await expect(inspector).toContainText('Every object of the cluster is a key here');
  await expect(inspector).toContainText('Revision');
  await inspector.getByRole('button', { name: 'etcd-m1' }).click();
  await expect(inspector).toContainText('Pod · Running and ready');
});

test('an event leads to its object', async ({ kubarium }) => {
  const { page, inspector } = kubarium;
  await kubarium.open();
  await page
    .getByRole('region', { name: 'Events' })
    .getByRole('button', { name: 'node/n3' })
    .first()
    .click();
  await expect(inspector.getByRole('heading', { name: 'n3' })).toBeVisible();
});

test('a live object is edited as kubectl edit does, and its relations lead on', async ({
  kubarium,
}) => {
  const { page, inspector } = kubarium;
  await kubarium.open();
  await kubarium.paste(four);
  await kubarium.apply();
  await kubarium.pods('web').first().click();
  await inspector.getByRole('tab', { name: 'Relations' }).click();
  await inspector
    .getByRole('button', { name: /^web-[a-z0-9]+$/ })
    .first()
    .click();
  await expect(inspector).toHaveAttribute('aria-label', /^ReplicaSet web-/);
  await inspector.getByRole('tab', { name: 'Relations' }).click();
  await inspector.getByRole('button', { name: 'web', exact: true }).click();
  await expect(inspector).toHaveAttribute('aria-label', 'Deployment web');
  await expect(inspector.getByText('kubectl describe deployment web')).toBeVisible();

  await inspector.getByRole('tab', { name: 'YAML' }).click();
  await inspector.getByRole('button', { name: 'Edit', exact: true }).click();
  const editor = inspector.locator('.monaco-editor');
  await editor.getByText('replicas: ').first().click();
  await kubarium.press('Home');
  await kubarium.press('Shift+End');
  await page.keyboard.insertText('replicas: 2');
  await inspector.getByRole('button', { name: 'Apply the change' }).click();
  await expect(editor).toHaveCount(0);
  await expect(kubarium.pods('web')).toHaveCount(2);
});

test('a component tells what it waits for, and its latest requests', async ({ kubarium }) => {
  await kubarium.open();
  await kubarium.component('kube-scheduler').click();
  await expect(kubarium.inspector).toContainText('pods without a node');
  await expect(kubarium.inspector.locator('.component-requests li').first()).toContainText(
    'leases',
  );
});
