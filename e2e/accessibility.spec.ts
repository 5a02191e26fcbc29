import { AxeBuilder } from '@axe-core/playwright';
import { four } from './manifests';
import { expect, test } from './page';
import type { Kubarium } from './page';

async function problems({ page }: Kubarium): Promise<string[]> {
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

    test('phone and frame', async ({ kubarium }) => {
      const { page } = kubarium;
      await page.setViewportSize({ width: 390, height: 844 });
      await kubarium.open();
      expect(await problems(kubarium)).toEqual([]);
      await page.setViewportSize({ width: 760, height: 460 });
      await kubarium.open('./?embed=1');
      expect(await problems(kubarium)).toEqual([]);
    });
  });
}
