import type { Locator } from '@playwright/test';
import { four } from './manifests';
import { expect, test } from './page';

test('pause, step, resume by button and by key', async ({ kubarium }) => {
  const { page } = kubarium;
  const timer = page.getByRole('timer');
  await kubarium.open();
  await page.getByRole('button', { name: 'Pause' }).click();
  await expect(page.getByRole('button', { name: 'Resume' })).toBeVisible();
  const still = await stillText(timer);
  // The next event may be of the same moment: as many steps as it takes.
  await expect(async () => {
    await page.getByRole('button', { name: 'Step one event' }).click();
    expect(await timer.textContent()).not.toBe(still);
  }).toPass();
  await kubarium.node('n1').focus();
  const stepped = await stillText(timer);
  await expect(async () => {
    await page.keyboard.press('.');
    expect(await timer.textContent()).not.toBe(stepped);
  }).toPass();
  await page.keyboard.press('Space');
  await expect(page.getByRole('button', { name: 'Pause' })).toBeVisible();
  await page.keyboard.press('Space');
  await expect(page.getByRole('button', { name: 'Resume' })).toBeVisible();
});

/** The text once it stays: a paused clock is shown where the engine stands, when that is known. */
async function stillText(timer: Locator): Promise<string | null> {
  let still: string | null = null;
  await expect(async () => {
    still = await timer.textContent();
    await timer.page().evaluate(() => new Promise((done) => setTimeout(done, 100)));
    expect(await timer.textContent()).toBe(still);
  }).toPass();
  return still;
}

test('running ahead stops at the next change', async ({ kubarium }) => {
  const { page } = kubarium;
  await kubarium.open();
  await page.getByRole('button', { name: 'Power off n1' }).click();
  await expect(kubarium.node('n1')).toHaveAttribute('data-power', 'Off');
  await page.getByRole('button', { name: 'Run to the next change' }).click();
  await expect(kubarium.node('n1')).not.toHaveAttribute('data-ready', 'Ready');
  await expect(page.getByRole('button', { name: 'Run to the next change' })).toBeVisible();
});

test('a thousand times faster leaves the page awake', async ({ kubarium }) => {
  const { page } = kubarium;
  await kubarium.open();
  await kubarium.paste(four);
  await kubarium.apply();
  await kubarium.speed('1000×');
  await expect(kubarium.pods('web', 'running')).toHaveCount(4);
  await page.getByRole('button', { name: 'Keys and help' }).click();
  await expect(page.getByRole('dialog', { name: 'Keys' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
});

test('F6 goes from region to region', async ({ kubarium }) => {
  const { page } = kubarium;
  await kubarium.open();
  const region = () =>
    page.evaluate(() =>
      document.activeElement?.closest('[data-region]')?.getAttribute('data-region'),
    );
  for (const expected of ['bar', 'canvas', 'side', 'dock', 'time', 'bar']) {
    await page.keyboard.press('F6');
    expect(await region()).toBe(expected);
  }
});

test('running ahead by key ends in a cluster at rest, and says that nothing came', async ({
  kubarium,
}) => {
  const { page } = kubarium;
  await kubarium.open();
  const told = page.getByRole('status').filter({ hasText: 'Ran ahead' });
  const stopped = page.getByRole('button', { name: 'Run to the next change' });
  // A cluster that has just begun still changes for a while.
  await expect(async () => {
    await expect(stopped).toBeVisible();
    await page.keyboard.press('w');
    await expect(stopped).toBeVisible();
    await expect(told).toContainText('Next change: it has not come.', { timeout: 2_000 });
  }).toPass({ timeout: 100_000 });
  await expect(told).toContainText('nothing that would show');
  await page.getByRole('button', { name: 'Run ahead to' }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('menuitem', { name: 'Next change' })).toBeFocused();
  await expect(page.getByRole('menuitem', { name: 'Next eviction' })).toBeDisabled();
});
