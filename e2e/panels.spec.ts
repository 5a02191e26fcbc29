// The panel of the whole cluster, of a zone and of a rack, and what is done to all their machines.
import type { Locator } from '@playwright/test';
import { expect, test } from './page';
import type { Kubarium } from './page';

test.describe.configure({ timeout: 120_000 });

const large = './?preset=nodes-100&seed=1';

async function openLarge({ page }: Kubarium): Promise<void> {
  await page.goto(large);
  await expect(page.locator('.hud-summary')).toContainText('101 nodes', { timeout: 30_000 });
  await page.locator('.crowd-canvas').waitFor();
}

function panel({ page }: Kubarium, name: string): Locator {
  return page.getByRole('region', { name: `About ${name}`, exact: true });
}

test('from the cluster to a zone and a rack, which goes down and comes back by mouse', async ({
  kubarium,
}) => {
  const { page } = kubarium;
  await openLarge(kubarium);
  await page.getByRole('button', { name: /^Cluster: *101 nodes/ }).click();
  const cluster = panel(kubarium, 'Cluster');
  await expect(cluster.getByRole('heading', { name: '100 nodes' })).toBeVisible();
  await expect(cluster.getByRole('list', { name: 'Pods' })).toContainText(/Running, ready\s*107/);
  await page.locator('.crowd-head[data-name="zone-b"]').click();
  const zone = panel(kubarium, 'zone-b');
  await zone.getByRole('button', { name: /^b-01/ }).click();
  const rack = panel(kubarium, 'Rack b-01');
  await expect(rack).toContainText(/12 nodes · \d+ pods/);
  await rack.getByRole('button', { name: 'Actions' }).click();
  await page.getByRole('menuitem', { name: /^Power off/ }).click();
  await expect(page.locator('.act-command')).toContainText(
    'kubectl get nodes -l topology.kubernetes.io/rack=b-01 -o name',
  );
  await expect(page.locator('.say')).toContainText('You cut the power of rack b-01 → 12 machines');
  await expect(rack).toContainText(/Rack b-01 lost power \d+ s ago/);
  await expect(page.locator('.outage-note')).toContainText('Rack b-01 has no power.');
  await kubarium.speed('50×');
  await expect(rack).toContainText('12 of 33 nodes in zone-b are NotReady: 36 %, under the 55 %');
  await rack.getByRole('button', { name: 'Power on rack b-01' }).click();
  await expect(rack).toContainText('Nothing: every node is heard of');
  await page.keyboard.press('Escape');
  await expect(rack).toBeHidden();
});

test('a rack by keyboard: opened, cordoned, powered off, and all of it undone', async ({
  kubarium,
}) => {
  const { page } = kubarium;
  await openLarge(kubarium);
  await page.getByRole('treeitem', { name: /^zone-a/ }).focus();
  // Once to open the zone, once to go in.
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  const item = page.getByRole('treeitem', { name: /^Rack a-01/ });
  await expect(item).toBeFocused();
  await page.keyboard.press('c');
  await expect(page.locator('.act-command')).toContainText('rack=a-01');
  await page.keyboard.press('Enter');
  const rack = panel(kubarium, 'Rack a-01');
  await expect(rack).toContainText(/cordoned\s*12/);
  await page.keyboard.press('m');
  await expect(page.getByRole('menuitem', { name: 'Uncordon' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(item).toBeFocused();
  await page.keyboard.press('p');
  await expect(rack.getByRole('button', { name: 'Power on rack a-01' })).toBeVisible();
  await kubarium.press('Mod+z');
  await expect(rack.getByRole('button', { name: 'Power on rack a-01' })).toBeHidden();
  await kubarium.press('Mod+z');
  await expect(rack).toContainText(/cordoned\s*0/);
});

test('the panel of a small cluster is found, sorts its nodes, and opens one', async ({
  kubarium,
}) => {
  const { page } = kubarium;
  await kubarium.open();
  await page.keyboard.press('/');
  await page.getByRole('combobox', { name: 'Find and go to' }).fill('cluster');
  await page.keyboard.press('Enter');
  const cluster = panel(kubarium, 'Cluster');
  await expect(cluster.getByRole('heading', { name: 'kubeadm' })).toBeVisible();
  await cluster.getByRole('tab', { name: 'Overview' }).focus();
  await page.keyboard.press('ArrowRight');
  await cluster.getByRole('button', { name: 'Memory', exact: true }).click();
  await expect(cluster.getByRole('listitem')).toHaveCount(5);
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect(kubarium.inspector.getByRole('heading', { name: /^(n\d|m1)$/ })).toBeVisible();
});
