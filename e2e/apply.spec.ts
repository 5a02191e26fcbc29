import { four, web } from './manifests';
import { expect, test } from './page';
import type { Kubarium } from './page';

/** Counts the pods of web in every frame until five seconds after the first new one. */
async function watchRollout(kubarium: Kubarium) {
  return await kubarium.page.evaluate(async () => {
    const pods = () => [
      ...document.querySelectorAll<HTMLElement>('[data-kind=Pod][data-name^=web-]:not(.leaving)'),
    ];
    const count = { most: 0, fewestReady: Infinity };
    const endMs = performance.now() + 8_000;
    while (performance.now() < endMs) {
      const looks = pods().map((pod) => pod.dataset['look']);
      count.most = Math.max(count.most, looks.filter((look) => look !== 'terminating').length);
      const ready = looks.filter((look) => look === 'running').length;
      count.fewestReady = Math.min(count.fewestReady, ready);
      await new Promise(requestAnimationFrame);
    }
    return count;
  });
}

test('ten pods go from Pending to Ready before one’s eyes', async ({ kubarium }) => {
  const { page } = kubarium;
  await kubarium.open();
  await kubarium.paste(web);
  await kubarium.speed('0.25×');
  await kubarium.apply();
  await expect(kubarium.report).toContainText('configmap/web-settings created');
  await expect(kubarium.report).toContainText('deployment.apps/web created');
  await expect(kubarium.report).toContainText('service/web created');
  await expect(kubarium.pods('web', 'pending').first()).toBeVisible();
  await expect(kubarium.pods('web')).toHaveCount(10);
  await expect(kubarium.pods('web', 'creating').first()).toBeVisible();
  await kubarium.speed('5×');
  await expect(kubarium.pods('web', 'running')).toHaveCount(10);
  await expect(page.locator('[data-kind="Service"][data-name="web"]')).toContainText('10/10');
  for (const name of ['n1', 'n2', 'n3', 'n4']) {
    await expect(kubarium.podsOn('web', name).first()).toBeVisible();
  }
  const events = page.getByRole('region', { name: 'Events' });
  for (const reason of ['ScalingReplicaSet', 'SuccessfulCreate', 'Scheduled', 'Pulled']) {
    await expect(events.getByText(reason, { exact: true }).first()).toBeVisible();
  }
});

for (const keys of ['Mod+Enter', 'Mod+s']) {
  test(`${keys} applies`, async ({ kubarium }) => {
    await kubarium.open();
    await kubarium.paste(four);
    await kubarium.press(keys);
    await expect(kubarium.report).toContainText('deployment.apps/web created');
    await kubarium.press(keys);
    await expect(kubarium.report).toContainText('deployment.apps/web unchanged');
  });
}

test('another image rolls out within surge and unavailable', async ({ kubarium }) => {
  await kubarium.open();
  await kubarium.paste(four);
  await kubarium.speed('5×');
  await kubarium.apply();
  await expect(kubarium.pods('web', 'running')).toHaveCount(4);
  const before = await kubarium.pods('web').first().getAttribute('data-name');
  const oldSet = before!.split('-').slice(0, 2).join('-');
  await kubarium.edit('nginx:1.27', 'nginx:1.28');
  const rollout = watchRollout(kubarium);
  await kubarium.apply();
  await expect(kubarium.report).toContainText('deployment.apps/web configured');
  await expect(kubarium.pods(oldSet)).toHaveCount(0);
  await expect(kubarium.pods('web', 'running')).toHaveCount(4);
  // 25% of four, up for the surge and down for what may be missing: one each.
  const { most, fewestReady } = await rollout;
  expect(most).toBeLessThanOrEqual(5);
  expect(fewestReady).toBeGreaterThanOrEqual(3);
});

test('more and fewer replicas', async ({ kubarium }) => {
  await kubarium.open();
  await kubarium.paste(four);
  await kubarium.speed('5×');
  await kubarium.apply();
  await expect(kubarium.pods('web', 'running')).toHaveCount(4);
  await kubarium.edit('replicas: 4', 'replicas: 7');
  await kubarium.apply();
  await expect(kubarium.pods('web', 'running')).toHaveCount(7);
  await kubarium.edit('replicas: 7', 'replicas: 2');
  await kubarium.apply();
  await expect(kubarium.pods('web')).toHaveCount(2);
});

test('a dry run changes nothing', async ({ kubarium }) => {
  await kubarium.open();
  await kubarium.paste(four);
  await kubarium.page.getByRole('button', { name: 'Dry run' }).click();
  await expect(kubarium.report).toContainText('deployment.apps/web created (server dry run)');
  await kubarium.apply();
  await expect(kubarium.report).toContainText('deployment.apps/web created');
});

test('the editor completes and explains', async ({ kubarium }) => {
  const { page } = kubarium;
  await kubarium.open();
  await kubarium.paste('apiVersion: apps/v1\nkind: Deployment\nspec:\n  minReadySeconds: 1\n');
  await kubarium.press('Mod+End');
  await page.keyboard.type('  repl');
  await kubarium.press('Mod+Space');
  await expect(page.locator('.suggest-widget')).toContainText('replicas');
  await page.keyboard.press('Enter');
  await expect.poll(() => kubarium.text()).toContain('  replicas:');
  await kubarium.codeEditor().getByText('minReadySeconds').hover();
  const hover = page.getByRole('tooltip').filter({ hasText: 'Minimum number of seconds' });
  await expect(hover).toBeVisible();
});
