import { four } from './manifests';
import { expect, test } from './page';

test('pause, step, resume by button and by key', async ({ kubarium }) => {
  const { page } = kubarium;
  const timer = page.getByRole('timer');
  await kubarium.open();
  await page.getByRole('button', { name: 'Pause' }).click();
  await expect(page.getByRole('button', { name: 'Resume' })).toBeVisible();
  const still = await timer.textContent();
  await expect.poll(() => timer.textContent()).toBe(still);
  await page.getByRole('button', { name: 'Step one event' }).click();
  await expect.poll(() => timer.textContent()).not.toBe(still);
  await kubarium.node('n1').focus();
  const stepped = await timer.textContent();
  await page.keyboard.press('.');
  await expect.poll(() => timer.textContent()).not.toBe(stepped);
  await page.keyboard.press('Space');
  await expect(page.getByRole('button', { name: 'Pause' })).toBeVisible();
  await page.keyboard.press('Space');
  await expect(page.getByRole('button', { name: 'Resume' })).toBeVisible();
});

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
