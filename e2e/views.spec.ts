import { expect, test } from './page';

const app = `
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 3
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers: [{name: nginx, image: 'nginx:1.27', envFrom: [{configMapRef: {name: settings}}]}]
---
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {selector: {app: web}, ports: [{port: 80}]}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: settings}
data: {A: b}
`;

test('the ownership view shows what owns and selects what, live', async ({ kubarium }) => {
  const { page } = kubarium;
  await kubarium.open();
  await kubarium.paste(app);
  await kubarium.apply();
  await page.getByRole('button', { name: 'Ownership' }).click();
  const view = page.getByRole('region', { name: 'What owns and selects what' });
  const card = (name: string | RegExp) => view.getByRole('button', { name });
  await expect(card(/^Deployment web, 3\/3 ready/)).toBeVisible();
  await expect(card(/^ReplicaSet web-\w+, rev 1/)).toBeVisible();
  await expect(card(/^ConfigMap settings/)).toBeVisible();
  await expect(view.locator('.own-pod[data-look=running]')).toHaveCount(3);

  await card(/^Fold away what web owns/).click();
  await expect(view.locator('.own-pod')).toHaveCount(0);
  await card(/^Show what web owns/).click();

  // By keyboard: from the Deployment to its ReplicaSet, and into the inspector.
  await card(/^Deployment web/).focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  await expect(kubarium.inspector).toHaveAttribute('aria-label', /^ReplicaSet web-/);

  await view.getByRole('searchbox').fill('nothing of that name');
  await expect(view.getByText('Nothing holds')).toBeVisible();
  await page.getByRole('button', { name: 'Cluster', exact: true }).click();
  await expect(kubarium.node('n1')).toBeVisible();
});

const waiting = `
apiVersion: v1
kind: Pod
metadata: {name: picky}
spec:
  nodeSelector: {disktype: ssd}
  containers: [{name: c, image: 'nginx:1.27'}]
`;

test('the scheduler view tells why a pod waits, and does what would help', async ({ kubarium }) => {
  const { page } = kubarium;
  await kubarium.open();
  await kubarium.paste(waiting);
  await kubarium.apply();
  await page.getByRole('button', { name: 'Scheduler', exact: true }).click();
  const view = page.getByRole('region', { name: 'The scheduler at work' });
  await view.getByRole('navigation', { name: 'Queues' }).getByText('picky').first().click();
  const cycle = view.getByRole('region', { name: 'Cycle of a pod' });
  await expect(cycle.getByRole('heading', { name: 'No node fits.' })).toBeVisible();
  await expect(cycle.locator('li.is-stopped')).toContainText('Filter');
  await expect(cycle.locator('td.is-rejects')).toHaveCount(5);
  await cycle.getByRole('button', { name: /^Label n\d with disktype=ssd/ }).click();
  await expect(cycle.getByRole('heading', { name: /^It fits n\d best/ })).toBeVisible();
  await expect(cycle.locator('li.is-stopped')).toHaveCount(0);
});

const pieces = `
apiVersion: v1
kind: Pod
metadata: {name: small}
spec:
  containers: [{name: c, image: 'nginx:1.27', resources: {requests: {cpu: 500m, memory: 256Mi}}}]
---
apiVersion: v1
kind: Pod
metadata: {name: huge}
spec:
  containers: [{name: c, image: 'nginx:1.27', resources: {requests: {cpu: '64', memory: 256Mi}}}]
`;

test('be the scheduler: real bindings by mouse and by keyboard, refused as in reality', async ({
  kubarium,
}) => {
  const { page } = kubarium;
  await kubarium.open();
  await page.getByRole('button', { name: 'Scheduler', exact: true }).click();
  await page.getByRole('button', { name: 'Be the scheduler' }).click();
  const tray = page.getByRole('region', { name: 'Unscheduled' });
  await kubarium.paste(pieces);
  await kubarium.apply();
  const small = tray.getByRole('button', { name: /^Pod small/ });
  await expect(small).toBeVisible();

  const from = (await small.boundingBox())!;
  const to = (await page.locator('[data-game-node="n2"]').boundingBox())!;
  await page.mouse.move(from.x + 30, from.y + 30);
  await page.mouse.down();
  await page.mouse.move(to.x + 40, to.y + 80, { steps: 5 });
  await expect(page.locator('[data-game-node="n2"].is-for.is-aimed')).toBeVisible();
  await page.mouse.up();
  const side = page.getByRole('complementary', { name: 'Be the scheduler' });
  await expect(side).toContainText('small on n2');
  await expect(side).toContainText('1 of 2');

  await tray.getByRole('button', { name: /^Pod huge/ }).focus();
  await page.keyboard.press('g');
  await page.keyboard.press('ArrowRight');
  await expect(page.locator('[data-game-node="n1"].is-against')).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(side).toContainText('huge on n1');
  await expect(side.locator('dl > div').nth(1)).toHaveText('Refused by kubelets1');
  await side.getByRole('button', { name: 'Undo' }).click();
  await expect(tray.getByRole('button', { name: /^Pod huge/ })).toBeVisible();

  await side.getByRole('button', { name: 'Start kube-scheduler' }).click();
  await expect(page.getByRole('navigation', { name: 'Queues' })).toContainText('huge');
});
