import type { Page } from '@playwright/test';
import { four } from './manifests';
import { expect, test } from './page';
import type { Kubarium } from './page';

/** What moved of its own accord by more than a trifle, as 'share of the screen: what'. */
async function listenForShifts(page: Page): Promise<() => Promise<string[]>> {
  await page.addInitScript(() => {
    const shifts: string[] = [];
    Object.assign(window, { shifts });
    const nameOf = (node: Node | null) =>
      node instanceof Element ? `${node.tagName} ${node.className}` : String(node?.nodeName);
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) {
        const { value, sources } = entry as unknown as {
          value: number;
          sources: { node: Node | null }[];
        };
        // Events come in at the top of their list, and the cards of Services make room for a new
        // one: these are meant to move.
        const movers = '.events, .services';
        const moved = sources.filter(({ node }) => !(node as Element | null)?.closest?.(movers));
        if (value < 0.015 || moved.length === 0) continue;
        shifts.push(`${value.toFixed(3)}: ${moved.map(({ node }) => nameOf(node)).join(', ')}`);
      }
    }).observe({ type: 'layout-shift', buffered: true });
  });
  return () => page.evaluate(() => (window as unknown as { shifts: string[] }).shifts);
}

async function rollOut(kubarium: Kubarium, names: { apply: string }): Promise<void> {
  await kubarium.page.getByRole('button', { name: names.apply, exact: true }).click();
  await expect(kubarium.pods('web', 'running')).toHaveCount(4, { timeout: 60_000 });
}

test.describe.configure({ timeout: 240_000 });

test('nothing moves while pods roll, and when panels open', async ({ kubarium }) => {
  const { page, inspector } = kubarium;
  const shifts = await listenForShifts(page);
  await kubarium.open();
  await kubarium.paste(four);
  await rollOut(kubarium, { apply: 'Apply' });
  await kubarium.edit('image: nginx:1.27', 'image: nginx:1.28');
  await kubarium.speed('5×');
  await kubarium.apply();
  await expect(kubarium.report).toContainText('configured');
  await page.locator('.say').getByRole('button', { name: 'Story' }).click();
  await expect(page.locator('.chapter').first()).toBeVisible();
  await kubarium.node('n1').focus();
  await page.keyboard.press('Enter');
  await expect(inspector).toContainText('n1');
  await page.keyboard.press('Escape');
  await expect(inspector).toHaveCount(0);
  await page.locator('.story').getByRole('button', { name: 'How a Pod is made' }).click();
  const walk = page.getByRole('region', { name: 'How a Pod is made' });
  await expect(walk).toContainText('Apply something');
  await page.keyboard.press('Escape');
  await expect(walk).toBeHidden();
  expect(await shifts()).toEqual([]);
});

test.describe('on a phone in Taiwan', () => {
  test.use({ locale: 'zh-TW', viewport: { width: 390, height: 844 } });

  test('nothing moves either', async ({ kubarium }) => {
    const { page } = kubarium;
    const shifts = await listenForShifts(page);
    await kubarium.open();
    await page.getByRole('navigation').getByRole('button', { name: '編輯器' }).click();
    await expect(kubarium.codeEditor()).toBeVisible();
    await page.getByRole('button', { name: '套用', exact: true }).click();
    await expect(kubarium.pods('web', 'running')).toHaveCount(10, { timeout: 60_000 });
    await page.getByRole('button', { name: '經過' }).or(page.locator('.say-more')).first().click();
    await expect(page.locator('.story-drawer')).toBeVisible();
    await page.keyboard.press('Escape');
    expect(await shifts()).toEqual([]);
  });
});
