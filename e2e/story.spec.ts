import { four } from './manifests';
import { expect, test } from './page';
import type { Kubarium } from './page';

test.describe('the story', () => {
  test('tells what came of an apply, from the act to what comes next', async ({ kubarium }) => {
    const { page } = kubarium;
    await kubarium.open();
    await kubarium.apply();
    const line = page.locator('.say');
    await expect(line.getByRole('button', { name: 'you applied web.yaml' })).toBeVisible();
    await expect(kubarium.pods('web', 'running')).toHaveCount(10);
    await expect(page.getByRole('status').filter({ hasText: '→' }).first()).toBeVisible();
  });

  test('is kept in chapters, with many of a kind as one', async ({ kubarium }) => {
    const { page } = kubarium;
    await kubarium.open();
    await kubarium.apply();
    await expect(kubarium.pods('web', 'running')).toHaveCount(10);
    await page.locator('.say').getByRole('button', { name: 'Story' }).click();
    const story = page.getByRole('region', { name: 'Story' });
    const chapter = story.getByRole('button', { name: /^You applied web\.yaml/ });
    await expect(chapter).toHaveAttribute('aria-expanded', 'true');
    await expect(chapter).toContainText('done');
    const made = story.locator('.group', { hasText: /creates 10 pods/ });
    await expect(made).toHaveCount(1);

    await made.getByRole('button', { name: 'Each of them, and why' }).click();
    const pods = made.locator('.group-members > li');
    await expect(pods).toHaveCount(10);
    const link = pods.first().getByRole('button', { name: /^Pod / });
    await link.hover();
    const pod = `web-${(await pods.first().locator('.name').last().textContent())!.slice(4)}`;
    const drawn = page.locator(`[data-kind="Pod"][data-name="${pod}"]`).first();
    await expect(drawn).toHaveCSS('outline-style', 'solid');
    await link.click();
    await expect(kubarium.inspector).toContainText(pod);

    await story.getByRole('button', { name: `Only Pod ${pod}` }).click();
    await expect(story.locator('.group', { hasText: /creates 10 pods/ })).toHaveCount(0);
    await expect(story.locator('.group').first()).toContainText(pod);
    await story.getByRole('searchbox').fill('nothing is called so');
    await expect(story).toContainText('Nothing of that is told.');
  });
});

test.describe('how a Pod is made', () => {
  const walkOf = ({ page }: Kubarium) => page.getByRole('region', { name: 'How a Pod is made' });

  /** Goes on by key until a hop whose sentence matches is shown; the sentences on the way. */
  async function goTo(kubarium: Kubarium, wanted: RegExp): Promise<string[]> {
    const walk = walkOf(kubarium);
    const number = walk.locator('.walk-number');
    const seen: string[] = [];
    for (let hop = Number(await number.textContent()); ; hop++) {
      await expect(number).toHaveText(String(hop), { timeout: 40_000 });
      await expect(walk.getByRole('button', { name: /^(Next|Done)$/ })).toBeEnabled();
      seen.push((await walk.locator('.walk-says > span').last().textContent())!);
      if (wanted.test(seen.at(-1)!)) return seen;
      await kubarium.page.keyboard.press('ArrowRight');
    }
  }

  test('is a walk, hop by hop, by keyboard, and back into the past', async ({ kubarium }) => {
    const { page } = kubarium;
    await kubarium.open();
    await page.getByRole('button', { name: 'Keys and help' }).click();
    await page.getByRole('button', { name: 'How a Pod is made' }).click();
    const walk = walkOf(kubarium);
    await expect(walk).toContainText('Apply something that becomes pods');
    await kubarium.apply();
    await expect(walk).toContainText('Your Deployment web travels to kube-apiserver');
    await walk.focus();
    const seen = await goTo(kubarium, /^Admission/);
    await expect(page.locator('.stage.is-now')).toHaveText('admit');
    seen.push(...(await goTo(kubarium, /^Bind/)));
    const pod = /: (\S+) is written/.exec(seen.at(-1)!)![1]!;
    const drawn = page.locator(`[data-kind="Pod"][data-name="${pod}"]`);
    await expect(drawn).toHaveAttribute('data-node', /^n\d$/);
    seen.push(...(await goTo(kubarium, /^Service web sends to/)));
    for (const part of ['Authentication', 'Filter', 'Score', 'The kubelet']) {
      expect(
        seen.some((line) => line.startsWith(part)),
        part,
      ).toBe(true);
    }

    const says = walk.locator('.walk-says > span').last();
    while (!(await says.textContent())!.startsWith('etcd stores')) {
      await page.keyboard.press('ArrowLeft');
    }
    await expect(kubarium.pods('web')).toHaveCount(0);
    await expect(walk).toContainText('You see');
    await goTo(kubarium, /^Score/);
    await expect(drawn).toHaveAttribute('data-look', 'pending');
    await goTo(kubarium, /^Service web sends to/);
    await expect(drawn).toHaveAttribute('data-look', 'running');
    await expect(walk).not.toContainText('You see');

    await page.keyboard.press('Escape');
    await expect(walk).toBeHidden();
    await expect(page.getByRole('button', { name: 'Speed 1×' })).toBeVisible();
    await expect(page.getByRole('button', { name: 'Pause' })).toBeVisible();
  });

  test('begins with an apply, and ends honestly where no node fits', async ({ kubarium }) => {
    const { page } = kubarium;
    await kubarium.open();
    await kubarium.paste(four.replace('cpu: 100m', "cpu: '64'"));
    await page.getByRole('button', { name: 'More ways to apply' }).click();
    await page.keyboard.press('Enter');
    const walk = walkOf(kubarium);
    await expect(walk).toContainText('Your Deployment web travels');
    const seen = await goTo(kubarium, /stays Pending/);
    expect(seen.at(-1)).toContain('4 Insufficient cpu');
    await walk.getByRole('button', { name: 'Done' }).click();
    await expect(walk).toBeHidden();
    await expect(page.getByRole('button', { name: 'Pause' })).toBeVisible();

    // By key; what was there already is not followed, and the walk says so.
    await kubarium.codeEditor().click();
    await kubarium.press('Mod+Shift+Enter');
    await expect(walk).toContainText('Applied, but nothing new becomes pods');
    await kubarium.edit('kind: Deployment', 'kind: Deploymnt');
    await walk.getByRole('button', { name: 'Apply web.yaml' }).click();
    await expect(walk).toContainText('Not applied: the editor shows what is wrong');
  });
});

test.describe('a first visit', () => {
  test.use({ firstVisit: true });

  test('the welcome is for a first visit, and comes back when asked for', async ({ kubarium }) => {
    const { page } = kubarium;
    await kubarium.open();
    const welcome = page.getByRole('region', { name: 'A whole Kubernetes cluster, in this tab' });
    await expect(welcome.getByRole('listitem')).toHaveCount(3);
    await welcome.getByRole('button', { name: 'Show me where' }).click();
    await expect(welcome).toContainText('Drag n4 by its name');
    await page.keyboard.press('Escape');
    await expect(welcome).toBeHidden();
    await page.reload();
    await expect(kubarium.node('n4')).toBeVisible();
    await expect(welcome).toBeHidden();
    await page.keyboard.press('?');
    await page.getByRole('button', { name: 'Welcome' }).click();
    await welcome.getByRole('button', { name: 'Apply it and watch' }).click();
    await expect(welcome).toBeHidden();
    await expect(kubarium.pods('web').first()).toBeVisible();
  });

  test('who begins before the welcome comes is left alone', async ({ kubarium }) => {
    const { page } = kubarium;
    let letIn = () => {};
    const held = new Promise<void>((resolve) => (letIn = resolve));
    await page.route('**/Welcome*.js', async (route) => {
      await held;
      await route.continue();
    });
    await kubarium.open();
    await kubarium.node('n4').click({ button: 'right' });
    const arrived = page.waitForResponse('**/Welcome*.js');
    letIn();
    await arrived;
    await page.getByRole('menu').getByRole('menuitem', { name: 'Power off' }).click();
    await expect(kubarium.node('n4')).toHaveAttribute('data-power', 'Off');
    await expect(page.locator('.welcome')).toBeHidden();
  });
});
