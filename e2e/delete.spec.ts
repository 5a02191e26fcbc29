import { four } from './manifests';
import { expect, test } from './page';
import type { Kubarium } from './page';

async function applied(kubarium: Kubarium): Promise<void> {
  await kubarium.open();
  await kubarium.paste(four);
  await kubarium.speed('5×');
  await kubarium.apply();
  await expect(kubarium.pods('web', 'running')).toHaveCount(4);
}

async function remove({ page, report }: Kubarium, how: RegExp): Promise<void> {
  await page.getByRole('button', { name: 'Delete', exact: true }).click();
  await page.getByRole('menuitem', { name: how }).click();
  await expect(report).toContainText('deployment.apps/web deleted');
}

test('the objects of the file go, and what they own after them', async ({ kubarium }) => {
  await applied(kubarium);
  await remove(kubarium, /background/);
  await expect(kubarium.pods('web')).toHaveCount(0, { timeout: 20_000 });
  await kubarium.page.getByRole('button', { name: 'Delete', exact: true }).click();
  await kubarium.page.getByRole('menuitem', { name: /background/ }).click();
  await expect(kubarium.report).toContainText('deployment.apps/web not found');
});

test('dependents first', async ({ kubarium }) => {
  await applied(kubarium);
  await remove(kubarium, /foreground/);
  await expect(kubarium.pods('web')).toHaveCount(0, { timeout: 20_000 });
});

test('orphans stay and keep running', async ({ kubarium }) => {
  await applied(kubarium);
  await remove(kubarium, /orphan/);
  await kubarium.speed('50×');
  const pod = kubarium.pods('web', 'running');
  await expect(pod).toHaveCount(4);
  await pod.first().click();
  await kubarium.inspector.getByRole('button', { name: /^ReplicaSet web-/ }).click();
  await expect(kubarium.inspector.getByText('4 wanted, 4 made')).toBeVisible();
  await expect(kubarium.inspector.getByText('Controlled by')).toHaveCount(0);
});

test('a deleted pod is replaced', async ({ kubarium }) => {
  const { page } = kubarium;
  await applied(kubarium);
  const pod = kubarium.pods('web').first();
  const name = (await pod.getAttribute('data-name'))!;
  await pod.click();
  await kubarium.inspector.getByRole('button', { name: 'Actions' }).click();
  await page.getByRole('menuitem', { name: 'Delete', exact: true }).click();
  await expect(page.locator(`[data-kind="Pod"][data-name="${name}"]`)).toHaveCount(0);
  await expect(kubarium.inspector).toContainText('It is gone from the cluster.');
  await expect(kubarium.pods('web', 'running')).toHaveCount(4);
});
