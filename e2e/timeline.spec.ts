import { four } from './manifests';
import { expect, test } from './page';
import type { Kubarium } from './page';

/** Four pods run, and the clock stands. */
async function fourRunning(kubarium: Kubarium): Promise<void> {
  await kubarium.open();
  await kubarium.paste(four);
  await kubarium.apply();
  await expect(kubarium.pods('web', 'running')).toHaveCount(4);
  await kubarium.page.getByRole('button', { name: 'Pause' }).click();
}

test('dragging and keys go back to what has been, in every view, and to now', async ({
  kubarium,
}) => {
  const { page } = kubarium;
  await fourRunning(kubarium);
  const marker = page.getByRole('slider', { name: 'Moment that is shown' });
  const past = page.getByRole('region', { name: 'Moment that is shown' });
  await expect(marker).toHaveAttribute('aria-valuetext', /, now/);

  // By mouse: to the beginning, when nothing had been applied.
  const line = (await page.locator('.tl-scrub').boundingBox())!;
  await page.mouse.move(line.x + line.width - 20, line.y + 20);
  await page.mouse.down();
  await page.mouse.move(line.x + line.width / 2, line.y + 20, { steps: 4 });
  await page.mouse.move(line.x + 4, line.y + 20, { steps: 4 });
  await page.mouse.up();
  await expect(past).toContainText(/You see 00:00:\d\d/);
  await expect(kubarium.pods('web')).toHaveCount(0);
  await expect(page.getByRole('region', { name: 'Events' })).not.toContainText('web-');
  await expect(marker).toHaveAttribute('aria-valuetext', /before now/);

  // By key: event by event until the first pod is there, then on to now.
  await marker.press('End');
  await expect(past).toHaveCount(0);
  await expect(kubarium.pods('web', 'running')).toHaveCount(4);
  await expect(page.getByRole('region', { name: 'Events' })).toContainText('web-');
  await marker.press('PageDown');
  await expect(marker).toHaveAttribute('aria-valuetext', /before now/);
  await marker.press('Home');
  await expect(kubarium.pods('web')).toHaveCount(0);
  const beginning = await marker.getAttribute('aria-valuenow');
  await marker.press('ArrowRight');
  await expect(marker).not.toHaveAttribute('aria-valuenow', beginning!);
  await page.getByRole('button', { name: 'Back to now' }).click();
  await expect(kubarium.pods('web', 'running')).toHaveCount(4);
});

test('what has passed is not changed, but branched from; the other future stays', async ({
  kubarium,
}) => {
  const { page } = kubarium;
  await fourRunning(kubarium);
  await page.getByRole('slider', { name: 'Moment that is shown' }).press('Home');
  await expect(kubarium.pods('web')).toHaveCount(0);
  await kubarium.apply();
  await expect(kubarium.report).toContainText('deployment.apps/web rejected');
  await page.getByRole('button', { name: 'Branch from here' }).click();
  await page.getByRole('menuitem', { name: 'With the same seed' }).click();
  await expect(page.getByRole('button', { name: 'Back to now' })).toHaveCount(0);
  await expect(kubarium.pods('web')).toHaveCount(0);
  await page.getByRole('button', { name: 'Branch 2' }).click();
  await page.getByRole('menuitemradio', { name: /Branch 1/ }).click();
  await expect(kubarium.pods('web', 'running')).toHaveCount(4);
});

test('an act is undone and done again by key', async ({ kubarium }) => {
  const { page } = kubarium;
  await fourRunning(kubarium);
  await expect(page.getByRole('button', { name: /^Undo: apply/ })).toBeEnabled();
  await kubarium.node('n1').focus();
  await kubarium.press('Mod+z');
  await expect(kubarium.pods('web')).toHaveCount(0);
  await kubarium.press('Mod+Shift+z');
  await expect(kubarium.pods('web', 'running')).toHaveCount(4);
  await page.getByRole('button', { name: /^Undo: apply/ }).click();
  await expect(kubarium.pods('web')).toHaveCount(0);
});

test('the clock runs ahead to a moment with a name and says what was skipped', async ({
  kubarium,
}) => {
  const { page } = kubarium;
  await kubarium.open();
  await page.getByRole('button', { name: 'Pause' }).click();
  await kubarium.paste(four);
  await kubarium.apply();
  await page.getByRole('button', { name: 'Run ahead to' }).click();
  await expect(page.getByRole('menuitem', { name: 'Next CronJob fires' })).toBeDisabled();
  await page.getByRole('menuitem', { name: 'Rollout done' }).click();
  await expect(kubarium.pods('web', 'running')).toHaveCount(4);
  await expect(page.getByRole('status').filter({ hasText: 'Ran ahead' })).toContainText(
    '4 Pods created',
  );
  await page.keyboard.press('>');
  await expect(page.getByRole('button', { name: 'Resume' })).toBeVisible();
});

test('a phone shows the timeline in a tab of its own', async ({ kubarium }) => {
  const { page } = kubarium;
  await page.setViewportSize({ width: 390, height: 844 });
  await kubarium.open();
  await page.getByRole('button', { name: 'Timeline' }).click();
  const marker = page.getByRole('slider', { name: 'Moment that is shown' });
  await marker.press('Home');
  await page.getByRole('button', { name: 'Cluster', exact: true }).click();
  await expect(page.getByRole('button', { name: 'Back to now' })).toBeVisible();
  const fits = await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth);
  expect(fits).toBe(true);
});

/** Three pods that no node has room for. */
const tooLarge = four
  .replace('replicas: 4', 'replicas: 3')
  .replace('cpu: 100m', "cpu: '64'")
  .replaceAll('web', 'huge');

test('a large cluster counts the pods that do not run, to be read by mouse and by key', async ({
  kubarium,
}) => {
  const { page } = kubarium;
  await page.goto('./?preset=nodes-100&pods=500&seed=7');
  const plot = page.getByRole('slider', { name: 'How many Pods do not run' });
  await expect(plot).toHaveAttribute('aria-valuetext', /: All 607 Pods run$/, { timeout: 30_000 });
  await expect(page.getByText('All 607 Pods run')).toBeVisible();
  const editor = kubarium.codeEditor();
  await editor.locator('.view-line').first().click();
  await kubarium.press('Mod+A');
  await page.evaluate((text) => navigator.clipboard.writeText(text), tooLarge);
  await kubarium.press('Mod+V');
  await expect(editor).toContainText("cpu: '64'");
  await kubarium.apply();
  await expect(plot).toHaveAttribute('aria-valuetext', /: 3 pending, 610 Pods in all$/);
  await page.getByRole('button', { name: 'Pause' }).click();
  await expect(page.getByRole('button', { name: 'Resume' })).toBeVisible();

  // By key: what was at the beginning is read, then shown; the curve goes on to now.
  await plot.press('Home');
  await expect(plot).toHaveAttribute('aria-valuetext', /: All 607 Pods run$/);
  await plot.press('Enter');
  const past = page.getByRole('region', { name: 'Moment that is shown' });
  await expect(past).toContainText(/You see 00:00:\d\d/);
  await plot.press('End');
  await expect(plot).toHaveAttribute('aria-valuetext', /: 3 pending, 610 Pods in all$/);
  await page.getByRole('button', { name: 'Back to now' }).click();

  // By mouse: hovering says it, a click goes there.
  const box = (await plot.boundingBox())!;
  await page.mouse.move(box.x + 3, box.y + 30);
  await expect(page.locator('.tl-tip')).toContainText('All 607 Pods run');
  await page.mouse.down();
  await page.mouse.up();
  await expect(past).toContainText(/You see 00:00:\d\d/);

  // One by one, when it is asked for.
  await page.getByRole('button', { name: 'Lanes: one for each Pod' }).click();
  await expect(page.getByRole('button', { name: /^Deployment huge, 3 pods/ })).toBeVisible();
  await expect(plot).toHaveCount(0);
});

test('pods are counted in a small cluster, too, where that has been chosen', async ({
  kubarium,
}) => {
  const { page } = kubarium;
  await kubarium.open();
  await page.getByRole('button', { name: 'Counts: how many Pods do not run' }).click();
  const plot = page.getByRole('slider', { name: 'How many Pods do not run' });
  await expect(plot).toHaveAttribute('aria-valuetext', /Pods run$/);
  await page.reload();
  await expect(plot).toHaveAttribute('aria-valuetext', /Pods run$/);
});
