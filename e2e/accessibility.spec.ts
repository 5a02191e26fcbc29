import { AxeBuilder } from '@axe-core/playwright';
import { four } from './manifests';
import { expect, test } from './page';
import type { Kubarium } from './page';

async function problems({ page }: Kubarium): Promise<string[]> {
  // What is still on its way in has not its colours yet; water never comes to rest.
  await page.evaluate(() =>
    Promise.allSettled(
      document
        .getAnimations()
        .filter(({ effect }) => effect?.getComputedTiming().iterations !== Infinity)
        .map(({ finished }) => finished),
    ),
  );
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target }) => `${id}: ${target.join(' ')}`),
  );
}

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme });

    test('page, report and errors', async ({ kubarium }) => {
      await kubarium.open();
      await kubarium.paste(four);
      await kubarium.speed('5×');
      await kubarium.apply();
      await expect(kubarium.pods('web', 'running')).toHaveCount(4);
      expect(await problems(kubarium)).toEqual([]);
      await kubarium.edit('image: nginx:1.27', 'imagge: nginx:1.27');
      await kubarium.apply();
      await expect(kubarium.page.locator('.zone')).toBeVisible();
      expect(await problems(kubarium)).toEqual([]);
    });

    test('inspector, menus and sheets', async ({ kubarium }) => {
      const { page, inspector } = kubarium;
      await kubarium.open();
      await kubarium.node('n1').focus();
      await page.keyboard.press('Enter');
      await inspector.getByRole('button', { name: 'Actions' }).click();
      await expect(page.getByRole('menu')).toBeVisible();
      expect(await problems(kubarium)).toEqual([]);
      await page.keyboard.press('Escape');
      await inspector.getByRole('tab', { name: 'YAML' }).click();
      await expect(inspector).toContainText('kind: Node');
      await page.getByRole('button', { name: 'Share' }).click();
      await expect(page.getByRole('dialog')).toBeVisible();
      expect(await problems(kubarium)).toEqual([]);
    });

    test('ownership, scheduler, and the board without one', async ({ kubarium }) => {
      const { page } = kubarium;
      await kubarium.open();
      await kubarium.paste(four.replace('cpu: 100m', "cpu: '64'"));
      await kubarium.apply();
      await page.getByRole('button', { name: 'Ownership' }).click();
      await expect(page.locator('.own-pod')).toHaveCount(4);
      expect(await problems(kubarium)).toEqual([]);
      await page.getByRole('button', { name: 'Scheduler', exact: true }).click();
      await expect(page.locator('.sched-help li').first()).toBeVisible();
      expect(await problems(kubarium)).toEqual([]);
      await page.getByRole('button', { name: 'Be the scheduler' }).click();
      await page.locator('.game-slot').first().click();
      await expect(page.locator('.game-tank.is-against').first()).toBeVisible();
      expect(await problems(kubarium)).toEqual([]);
    });

    test('files, difference, live objects and the gallery', async ({ kubarium }) => {
      const { page } = kubarium;
      await kubarium.open();
      await kubarium.paste(four);
      await page.getByRole('button', { name: 'New file' }).click();
      await page.getByRole('tab', { name: 'web.yaml' }).click();
      await page.getByRole('button', { name: 'Diff', exact: true }).click();
      await expect(page.locator('.editor-side')).toContainText('would be created');
      expect(await problems(kubarium)).toEqual([]);
      await kubarium.apply();
      await page.getByRole('button', { name: 'Live', exact: true }).click();
      await expect(page.locator('.editor-side')).toContainText('kind: Deployment');
      await page.getByRole('button', { name: 'Samples' }).click();
      await expect(page.getByRole('menuitem', { name: /^Ingress/ })).toBeVisible();
      expect(await problems(kubarium)).toEqual([]);
    });

    test.describe('a first visit', () => {
      test.use({ firstVisit: true });

      test('phone and frame', async ({ kubarium }) => {
        const { page } = kubarium;
        await page.setViewportSize({ width: 390, height: 844 });
        await kubarium.open();
        await expect(page.locator('.welcome')).toBeVisible();
        expect(await problems(kubarium)).toEqual([]);
        await page.setViewportSize({ width: 760, height: 460 });
        await kubarium.open('./?embed=1');
        expect(await problems(kubarium)).toEqual([]);
      });
    });
  });
}
