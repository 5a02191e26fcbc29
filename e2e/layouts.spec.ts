import { expect, test } from './page';

test('on a phone one pane at a time, and every control is big enough', async ({ kubarium }) => {
  const { page } = kubarium;
  await page.setViewportSize({ width: 390, height: 844 });
  await kubarium.open();
  const tabs = page.getByRole('navigation');
  await tabs.getByRole('button', { name: 'Editor' }).click();
  await expect(kubarium.codeEditor()).toBeVisible();
  await kubarium.apply();
  await expect(kubarium.pods('web').first()).toBeInViewport();
  await expect(kubarium.pods('kube-apiserver')).toBeInViewport();
  await tabs.getByRole('button', { name: 'Editor' }).click();
  await expect(kubarium.report).toContainText('deployment.apps/web created');
  await tabs.getByRole('button', { name: 'Events' }).click();
  await expect(page.getByText('Created pod: web-').first()).toBeVisible();
  await tabs.getByRole('button', { name: 'Cluster' }).click();
  await expect(kubarium.pods('web')).toHaveCount(10);
  await kubarium.pods('web').first().click();
  await expect(kubarium.inspector).toBeVisible();
  await page.getByRole('button', { name: 'Close, back to the editor' }).click();
  await expect(kubarium.inspector).toHaveCount(0);
  await expect(kubarium.node('n1')).toBeVisible();
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  expect(width).toBe(390);
  const small = await page
    .locator('.top button, .tab-bar button, .pfoot button')
    .evaluateAll((all) => {
      return all
        .filter((button) => button.checkVisibility({ visibilityProperty: true }))
        .filter((button) => button.getBoundingClientRect().height < 36)
        .map((button) => button.textContent);
    });
  expect(small).toEqual([]);
});

test('on a phone the menu leads to the other views, to find, filter and the legend', async ({
  kubarium,
}) => {
  const { page } = kubarium;
  await page.setViewportSize({ width: 390, height: 844 });
  await kubarium.open();
  const choose = async (role: 'menuitem' | 'menuitemradio', name: string) => {
    await page.getByRole('button', { name: 'More', exact: true }).click();
    await page.getByRole(role, { name, exact: true }).click();
  };
  await choose('menuitemradio', 'Ownership');
  await expect(page.getByText('Nothing of yours is here yet.')).toBeVisible();
  await page.getByRole('button', { name: 'Scheduler', exact: true }).click();
  const cycle = page.getByRole('region', { name: 'Cycle of a pod' });
  await expect(cycle.getByText('PreEnqueue')).toBeVisible();
  const queues = (await page.locator('.sched-queues').boundingBox())!;
  expect((await cycle.boundingBox())!.y).toBeGreaterThanOrEqual(queues.y + queues.height);
  await choose('menuitem', 'Legend');
  await expect(page.getByText('Pods: silhouette, then glyph')).toBeVisible();
  await page.getByRole('button', { name: 'Close the legend' }).click();
  await choose('menuitem', 'Filter');
  await expect(page.getByRole('group', { name: 'Filters' })).toBeVisible();
  await choose('menuitem', 'Find');
  await expect(page.locator('.find-field input')).toBeFocused();
  await page.keyboard.type('n3');
  await page.keyboard.press('Enter');
  await expect(kubarium.inspector).toContainText('n3');
});

test('on the smallest desk all of the picture is there, whatever the split', async ({
  kubarium,
}) => {
  const { page } = kubarium;
  await page.setViewportSize({ width: 1200, height: 720 });
  await kubarium.open();
  const split = page.getByRole('separator', { name: 'Width of the editor' });
  await split.focus();
  for (let press = 0; press < 9; press++) await page.keyboard.press('ArrowLeft');
  const canvas = (await page.locator('.cluster-canvas').boundingBox())!;
  expect(canvas.width).toBeGreaterThanOrEqual(719);
  await expect(page.getByRole('button', { name: 'Ownership', exact: true })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Zoom in' })).toBeVisible();
  await expect(page.locator('[data-kind="Service"][data-name="kubernetes"]')).toBeVisible();
});

test('between, the editor is a drawer over the canvas', async ({ kubarium }) => {
  const { page } = kubarium;
  await page.setViewportSize({ width: 1000, height: 700 });
  await kubarium.open();
  await expect(page.getByRole('button', { name: 'Apply', exact: true })).toBeHidden();
  await page.getByRole('button', { name: 'Editor', exact: true }).click();
  await expect(page.getByRole('button', { name: 'Apply', exact: true })).toBeVisible();
  await page.getByRole('button', { name: 'Close the editor' }).click();
  await expect(page.getByRole('button', { name: 'Apply', exact: true })).toBeHidden();
  await page.getByRole('button', { name: 'Editor', exact: true }).click();
  await kubarium.apply();
  await expect(page.getByRole('button', { name: 'Apply', exact: true })).toBeHidden();
  await expect(kubarium.pods('web').first()).toBeVisible();
  await kubarium.node('n1').focus();
  await page.keyboard.press('Enter');
  await expect(kubarium.inspector).toBeVisible();
});

test('wide, the splits can be moved and stay so', async ({ kubarium }) => {
  const { page } = kubarium;
  await kubarium.open();
  const side = page.getByRole('region', { name: 'Editor' });
  const before = (await side.boundingBox())!.width;
  const split = page.getByRole('separator', { name: 'Width of the editor' });
  await split.focus();
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('ArrowLeft');
  const after = (await side.boundingBox())!.width;
  expect(after).toBeGreaterThan(before + 40);
  const line = (await split.boundingBox())!;
  await page.mouse.move(line.x + 4, line.y + 200);
  await page.mouse.down();
  await page.mouse.move(line.x + 104, line.y + 200, { steps: 4 });
  await page.mouse.up();
  const dragged = (await side.boundingBox())!.width;
  expect(Math.round(after - dragged)).toBe(100);
  await page.reload();
  await expect(kubarium.node('n4')).toBeVisible();
  expect(Math.round((await side.boundingBox())!.width)).toBe(Math.round(dragged));
});

test('the theme is chosen and stays', async ({ kubarium }) => {
  const { page } = kubarium;
  await kubarium.open();
  await page.getByRole('button', { name: 'Theme' }).click();
  await page.getByRole('menuitemradio', { name: 'Dark' }).click();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await page.reload();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
});
