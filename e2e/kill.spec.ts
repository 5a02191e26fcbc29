import { four } from './manifests';
import { expect, test } from './page';
import type { Kubarium } from './page';

async function running(kubarium: Kubarium): Promise<void> {
  await kubarium.open();
  await kubarium.paste(four);
  await kubarium.speed('5×');
  await kubarium.apply();
  await expect(kubarium.pods('web', 'running')).toHaveCount(4);
  await expect(kubarium.podsOn('web', 'n1').first()).toBeVisible();
  await kubarium.speed('1×');
}

test('a worker dragged to the bin dies, is given up, and comes back', async ({ kubarium }) => {
  const { page } = kubarium;
  test.setTimeout(120_000);
  await running(kubarium);
  const lost = await kubarium.podsOn('web', 'n1').evaluateAll((pods) => {
    return pods.map((pod) => (pod as HTMLElement).dataset['name']!);
  });
  await kubarium.drag('n1', 'powerOff');
  await expect(kubarium.node('n1')).toHaveAttribute('data-power', 'Off');
  await expect(kubarium.node('n1')).toHaveAttribute('data-ready', 'Ready');

  await kubarium.speed('10×');
  await expect(kubarium.node('n1')).not.toHaveAttribute('data-ready', 'Ready');
  await expect(kubarium.podsOn('web', 'n1')).toHaveCount(lost.length);

  await kubarium.speed('100×');
  await expect(kubarium.pods('web', 'running')).toHaveCount(4, { timeout: 20_000 });
  const alive = page.locator('[data-kind="Pod"][data-name^="web-"][data-look="running"]');
  await expect(alive.and(page.locator('[data-node="n1"]'))).toHaveCount(0);

  await kubarium.speed('10×');
  await kubarium.node('n1').getByRole('button', { name: 'Power on n1' }).click();
  await expect(kubarium.node('n1')).toHaveAttribute('data-ready', 'Ready', { timeout: 20_000 });
  for (const name of lost) {
    await expect(page.locator(`[data-kind="Pod"][data-name="${name}"]`)).toHaveCount(0);
  }
});

test('forty seconds to NotReady and three hundred to eviction, by the cluster’s clock', async ({
  kubarium,
}) => {
  const { page } = kubarium;
  await running(kubarium);
  await page.getByRole('button', { name: 'Power off n1' }).click();
  await expect(kubarium.node('n1')).toHaveAttribute('data-power', 'Off');
  const off = await clockOf(kubarium);
  await kubarium.speed('50×');
  const message = page.getByText('Node n1 status is now: NodeNotReady');
  await expect(message.first()).toBeVisible({ timeout: 20_000 });
  await expect(page.getByText('TaintManagerEviction').first()).toBeVisible({ timeout: 20_000 });
  await page.getByRole('button', { name: 'Pause' }).click();
  // The page writes ages anew a moment after the clock stands.
  await expect(async () => {
    const now = await clockOf(kubarium);
    const notReady = now - (await ageOf(kubarium, 'NodeNotReady'));
    const evicted = now - (await ageOf(kubarium, 'TaintManagerEviction'));
    // Forty seconds after the last heartbeat, which was up to ten before; looked at every five.
    expect(notReady - off).toBeGreaterThanOrEqual(28);
    expect(notReady - off).toBeLessThanOrEqual(50);
    expect(evicted - notReady).toBeGreaterThanOrEqual(298);
    expect(evicted - notReady).toBeLessThanOrEqual(310);
  }).toPass({ timeout: 10_000 });
});

/** Virtual seconds since the cluster's start. */
async function clockOf({ page }: Kubarium): Promise<number> {
  const text = (await page.getByRole('timer').textContent())!;
  const [hours, minutes, seconds] = text.split(':').map(Number) as [number, number, number];
  return hours * 3_600 + minutes * 60 + seconds;
}

/** Age in seconds of the oldest event of a reason, as the page tells it. */
async function ageOf({ page }: Kubarium, reason: string): Promise<number> {
  const row = page.getByRole('row').filter({ hasText: reason }).last();
  const age = (await row.locator('.c-age').textContent())!;
  const [, minutes = '0', seconds = '0'] = /^(?:(\d+)m)?(?:(\d+)s)?$/.exec(age)!;
  return Number(minutes) * 60 + Number(seconds);
}

test('a worker goes off by its power button', async ({ kubarium }) => {
  const { page } = kubarium;
  await kubarium.open();
  await kubarium.node('n2').hover();
  await page.getByRole('button', { name: 'Power off n2' }).click();
  await expect(kubarium.node('n2')).toHaveAttribute('data-power', 'Off');
  await page.getByRole('button', { name: 'Power on n2' }).click();
  await expect(kubarium.node('n2')).toHaveAttribute('data-power', 'On');
});

test('a worker goes off by the keyboard: picked up, aimed, dropped', async ({ kubarium }) => {
  const { page } = kubarium;
  await kubarium.open();
  await kubarium.node('n3').focus();
  await page.keyboard.press('g');
  await expect(page.locator('[data-drop]').first()).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.locator('[data-drop]')).toHaveCount(0);
  await expect(kubarium.node('n3')).toHaveAttribute('data-power', 'On');
  await page.keyboard.press('g');
  await page.keyboard.press('Enter');
  await expect(kubarium.node('n3')).toHaveAttribute('data-power', 'Off');
});

test('a drag beside every target puts the worker back', async ({ kubarium }) => {
  const { page } = kubarium;
  await kubarium.open();
  const box = await kubarium.node('n4').locator('.tank-head').boundingBox();
  await page.mouse.move(box!.x + 20, box!.y + 12);
  await page.mouse.down();
  await page.mouse.move(box!.x - 100, box!.y - 60, { steps: 5 });
  await page.mouse.up();
  await expect(page.locator('[data-drop]')).toHaveCount(0);
  await expect(kubarium.node('n4')).toHaveAttribute('data-power', 'On');
});

test('cables, cordons and powers by the inspector’s menu', async ({ kubarium }) => {
  const { page } = kubarium;
  await kubarium.open();
  await kubarium.node('n2').focus();
  await page.keyboard.press('Enter');
  const act = async (name: string) => {
    await kubarium.inspector.getByRole('button', { name: 'Actions' }).click();
    await page.getByRole('menuitem', { name }).click();
  };
  await act('Cut cable');
  await act('Plug cable in');
  await act('Cordon');
  await expect(kubarium.inspector).toContainText('Ready, cordoned');
  await act('Uncordon');
  await expect(kubarium.inspector).not.toContainText('cordoned');
  await act('Power off');
  await expect(kubarium.node('n2')).toHaveAttribute('data-power', 'Off');
});
