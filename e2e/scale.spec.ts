// Large clusters: chosen from the gallery, looked at from afar and near, searched and filtered, by
// mouse and by keyboard.
import { expect, test } from './page';
import type { Kubarium } from './page';

const small = '?preset=nodes-100&pods=500&seed=7';

/** Opens the address of a large cluster and waits until all of it is told. */
async function openLarge({ page }: Kubarium, pods: RegExp): Promise<void> {
  await page.goto(`./${small}`);
  await expect(page.locator('.crowd-canvas')).toBeVisible({ timeout: 30_000 });
  await expect(page.locator('.hud-summary')).toContainText(pods, { timeout: 30_000 });
}

test('a large cluster is chosen from the gallery, and another after it', async ({ kubarium }) => {
  const { page } = kubarium;
  await kubarium.open();
  await page.getByRole('button', { name: /kubeadm · 1 \+ 4/ }).click();
  await page.getByRole('menuitem', { name: /Another cluster/ }).click();
  const gallery = page.getByRole('dialog', { name: 'Choose a cluster' });
  await expect(gallery.getByText('kind-control-plane')).toBeVisible();
  await gallery
    .getByRole('group', { name: 'Start: 100 nodes' })
    .getByRole('button', { name: '500 pods' })
    .click();
  await expect(page.locator('.hud-summary')).toContainText('607 pods', { timeout: 30_000 });
  await expect(page.getByRole('treeitem', { name: /^zone-b, 33 nodes/ })).toBeAttached();
  await page.getByRole('button', { name: /100 nodes · 1 \+ 100/ }).click();
  await page.getByRole('menuitem', { name: /Another cluster/ }).press('Enter');
  const again = gallery.getByRole('group', { name: 'Start: minikube' }).getByRole('button');
  await again.focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: /minikube · 1 machine/ })).toBeVisible();
  await expect(page.locator('[data-kind="Node"][data-name="minikube"]').first()).toBeVisible();
});

test('slash finds a node and goes there; what is near stands in whole tanks', async ({
  kubarium,
}) => {
  const { page } = kubarium;
  await openLarge(kubarium, /607 pods/);
  await page.locator('.crowd-canvas').waitFor();
  await page.keyboard.press('/');
  await page.getByRole('combobox', { name: 'Find and go to' }).fill('node-b-017');
  await expect(page.getByRole('option')).toHaveCount(1);
  await page.keyboard.press('Enter');
  await expect(page.locator('.tank[data-name="node-b-017"]')).toBeVisible();
  await expect(page.locator('.pod-tile[data-node="node-b-017"]').first()).toBeVisible();
  await expect(kubarium.inspector).toContainText('node-b-017');
  await expect(page.getByRole('img', { name: /Overview/ })).toBeVisible();
});

test('the tree leads to every node by keyboard, and its menu opens there', async ({ kubarium }) => {
  const { page } = kubarium;
  await openLarge(kubarium, /607 pods/);
  await page.getByRole('treeitem', { name: /^zone-a/ }).focus();
  await page.keyboard.press('ArrowDown');
  await expect(page.getByRole('treeitem', { name: /^zone-b/ })).toBeFocused();
  await page.keyboard.press('ArrowRight');
  await expect(page.getByRole('treeitem', { name: /^Rack b-01/ })).toBeFocused();
  await page.keyboard.press('ArrowRight');
  const node = page.locator('.crowd-item[data-name="node-b-001"]');
  await expect(node).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(kubarium.inspector).toContainText('node-b-001');
});

test('filters say how many pods stand out, and heat is of memory when asked', async ({
  kubarium,
}) => {
  const { page } = kubarium;
  await openLarge(kubarium, /607 pods/);
  await page.getByRole('button', { name: 'Filter', exact: true }).click();
  const filters = page.getByRole('group', { name: 'Filters' });
  await filters.getByLabel('Namespace').selectOption('kube-system');
  await expect(filters.locator('output')).toHaveText('107 of 607 pods');
  await filters.getByLabel('Owner').selectOption('DaemonSet/kube-proxy');
  await expect(filters.locator('output')).toHaveText('101 of 607 pods');
  await filters.getByRole('button', { name: 'Show all' }).click();
  await expect(filters.locator('output')).toHaveText('607 of 607 pods');
  const memory = page.getByRole('group', { name: /Colour of nodes/ }).getByRole('button', {
    name: 'Memory',
  });
  await memory.click();
  await expect(memory).toHaveAttribute('aria-pressed', 'true');
});
