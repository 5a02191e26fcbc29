import { Look } from './look';
import { four } from './manifests';
import { expect, test } from './page';

/** One that waits for a node, and one that runs. */
const pendingAndRunning = `${four.replace('cpu: 100m', "cpu: '64'")}---
apiVersion: v1
kind: Pod
metadata: { name: alone }
spec:
  containers: [{ name: main, image: nginx:1.27, livenessProbe: { httpGet: { port: 80 } } }]
`;

test.describe.configure({ timeout: 300_000 });

test('the page, its menus and its sheets', async ({ kubarium }) => {
  const { page } = kubarium;
  const look = new Look(kubarium);
  const menu = page.getByRole('menu');
  await kubarium.open();
  await kubarium.paste(four);
  await kubarium.speed('5×');
  await kubarium.apply();
  await expect(kubarium.pods('web', 'running')).toHaveCount(4);
  await page.getByRole('button', { name: 'Pause' }).click();
  await look.at('four pods run');
  for (const name of [/^Speed/, 'Run ahead to', 'Theme', /^kubeadm/, 'Samples']) {
    await page.getByRole('button', { name }).click();
    await expect(menu).toBeVisible();
    await look.at(`menu ${String(name)}`, '[role=menu]');
    await page.keyboard.press('Escape');
  }
  await page.getByRole('button', { name: 'More ways to apply' }).click();
  await look.at('menu of applying', '[role=menu]');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: /^kubeadm/ }).click();
  await page.getByRole('menuitem', { name: /^Another cluster/ }).click();
  await expect(page.getByRole('dialog')).toBeVisible();
  await look.at('gallery of clusters', '[role=dialog]');
  await page.keyboard.press('Escape');
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog', { name: 'Keys' })).toBeVisible();
  await look.at('help');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Share' }).click();
  await expect(page.getByRole('dialog')).toBeVisible();
  await look.at('share', '[role=dialog]');
  await page.keyboard.press('Escape');
  await page.keyboard.press('/');
  await page.getByRole('combobox').fill('web');
  await expect(page.getByRole('option').first()).toBeVisible();
  await look.at('search', '[role=search]');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Filter', exact: true }).click();
  await expect(page.locator('.filters')).toBeVisible();
  await look.at('filters', '.filters');
  await page.getByRole('button', { name: 'Legend' }).click();
  await look.at('legend');
  look.end();
});

test('acts: menu, forms, the hand, what is down', async ({ kubarium }) => {
  const { page } = kubarium;
  const look = new Look(kubarium);
  await kubarium.open();
  await page.getByRole('button', { name: 'Pause' }).click();
  const n1 = kubarium.node('n1');
  await n1.focus();
  await page.keyboard.press('m');
  await expect(page.getByRole('menu')).toBeVisible();
  await look.at('menu of a node', '[role=menu]');
  await page.getByRole('menuitem', { name: 'Taint…' }).click();
  await expect(page.getByRole('form')).toBeVisible();
  await look.at('taint asked', 'form');
  await page.keyboard.press('Escape');
  await n1.focus();
  await page.keyboard.press('n');
  await expect(page.getByRole('form')).toBeVisible();
  await look.at('machine asked', 'form');
  await page.keyboard.press('Escape');
  await n1.focus();
  await page.keyboard.press('g');
  await expect(page.locator('[data-drop="powerOff"]')).toBeVisible();
  await look.at('a node in the hand', '.cluster-canvas');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Resume' }).click();
  await n1.press('p');
  await expect(n1).toHaveAttribute('data-power', 'Off');
  await kubarium.component('kube-apiserver').click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Stop kube-apiserver' }).click();
  await expect(page.getByRole('status', { name: 'What is down' })).toContainText('kube-apiserver');
  await look.at('the API server is down');
  await kubarium.apply();
  await expect(kubarium.report).toBeVisible();
  await look.at('an apply that nobody answers', '.editor');
  look.end();
});

test('the inspector, tab by tab', async ({ kubarium }) => {
  const { page, inspector } = kubarium;
  const look = new Look(kubarium);
  await kubarium.open();
  await kubarium.paste(pendingAndRunning);
  await kubarium.apply();
  await expect(kubarium.pods('web', 'pending')).toHaveCount(4);
  const alone = page.locator('[data-kind="Pod"][data-name="alone"]');
  await expect(alone).toHaveAttribute('data-look', 'running');
  await page.getByRole('button', { name: 'Pause' }).click();
  for (const target of [alone, kubarium.pods('web').first(), kubarium.node('n1')]) {
    await target.focus();
    await page.keyboard.press('Enter');
    const name = (await target.getAttribute('data-name'))!;
    await expect(inspector).toContainText(name);
    const tabs = inspector.getByRole('tab');
    // A tab of one kind looks as that of another; the first says what is special.
    const looked = target === alone ? await tabs.count() : 1;
    for (let i = 0; i < looked; i++) {
      await tabs.nth(i).click();
      await expect(inspector.getByRole('tabpanel')).not.toBeEmpty();
      await look.at(`${name}, ${await tabs.nth(i).textContent()}`, '.inspector');
    }
  }
  await inspector.getByRole('button', { name: 'Actions' }).click();
  await look.at('actions of a node', '[role=menu]');
  await page.keyboard.press('Escape');
  for (const name of ['kube-apiserver', 'kube-scheduler']) {
    await kubarium.component(name).click();
    await expect(inspector).toContainText(name);
    await look.at(name, '.inspector');
  }
  await page.locator('.hud-summary').click();
  await expect(inspector.getByRole('heading', { name: 'kubeadm' })).toBeVisible();
  for (const name of ['Overview', 'Hot nodes', /^Events/]) {
    await inspector.getByRole('tab', { name }).click();
    await look.at(`the cluster, ${String(name)}`, '.inspector');
  }
  look.end();
});

test('the story, the walk and the past', async ({ kubarium }) => {
  const { page } = kubarium;
  const look = new Look(kubarium);
  await kubarium.open();
  await kubarium.paste(four);
  await page.getByRole('button', { name: 'More ways to apply' }).click();
  await page.keyboard.press('Enter');
  const walk = page.getByRole('region', { name: 'How a Pod is made' });
  await expect(walk.locator('.walk-number')).toHaveText('1');
  for (const hop of ['2', '3']) {
    await page.keyboard.press('ArrowRight');
    await expect(walk.locator('.walk-number')).toHaveText(hop);
  }
  await look.at('a walk');
  await page.keyboard.press('ArrowLeft');
  await expect(walk).toContainText('You see');
  await look.at('a walk, back in the past');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Pause' }).click();
  await page.getByRole('button', { name: 'Run ahead to' }).click();
  await page.getByRole('menuitem', { name: 'Rollout done' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'Ran ahead' })).toBeVisible();
  await look.at('what was skipped', '.past-bar');
  await page.locator('.say').getByRole('button', { name: 'Story' }).click();
  const story = page.getByRole('region', { name: 'Story' });
  await story.getByRole('button', { name: 'Each of them, and why' }).first().click();
  await look.at('story');
  await story.getByRole('button', { name: 'How a Pod is made' }).click();
  await expect(walk).toContainText('Apply something');
  await look.at('a walk that waits', '.walk');
  await page.keyboard.press('Escape');
  for (const lanes of ['Rollouts', 'Nodes', 'Pods']) {
    await page.getByRole('button', { name: lanes, exact: true }).click();
    await look.at(`timeline of ${lanes}`, '[data-region=time]');
  }
  await page.getByRole('button', { name: /^Counts:/ }).click();
  await look.at('timeline of counts', '[data-region=time]');
  await page.getByRole('slider', { name: 'Moment that is shown' }).press('PageDown');
  await page.getByRole('button', { name: 'Branch from here' }).click();
  await look.at('the past, and where to branch', '.past-bar');
  await page.keyboard.press('Escape');
  look.end();
});

test('ownership, scheduler, and the board without one', async ({ kubarium }) => {
  const { page } = kubarium;
  const look = new Look(kubarium);
  await kubarium.open();
  await kubarium.paste(four.replace('cpu: 100m', "cpu: '64'"));
  await kubarium.apply();
  await page.getByRole('button', { name: 'Ownership' }).click();
  await expect(page.locator('.own-pod')).toHaveCount(4);
  await look.at('ownership');
  await page.getByRole('button', { name: 'Scheduler', exact: true }).click();
  await expect(page.locator('.sched-help li').first()).toBeVisible();
  await look.at('scheduler');
  await page.getByRole('button', { name: 'Be the scheduler' }).click();
  await page.locator('.game-slot').first().click();
  await expect(page.locator('.game-tank.is-against').first()).toBeVisible();
  await look.at('the board');
  look.end();
});

test('files, difference, live objects and errors', async ({ kubarium }) => {
  const { page } = kubarium;
  const look = new Look(kubarium);
  await kubarium.open();
  await kubarium.paste(four);
  await page.getByRole('button', { name: 'New file' }).click();
  await page.getByRole('tab', { name: 'web.yaml' }).click();
  await page.getByRole('button', { name: 'Diff', exact: true }).click();
  await expect(page.locator('.editor-side')).toContainText('would be created');
  await look.at('difference');
  await kubarium.apply();
  await page.getByRole('button', { name: 'Live', exact: true }).click();
  await expect(page.locator('.editor-side')).toContainText('kind: Deployment');
  await look.at('live', '.side');
  await page.getByRole('button', { name: 'Edit', exact: true }).click();
  await kubarium.edit('image: nginx:1.27', 'imagge: nginx:1.27');
  await kubarium.apply();
  await expect(page.locator('.zone')).toBeVisible();
  await look.at('refused', '.editor');
  await page.getByRole('button', { name: /problem/ }).click();
  await look.at('problems', '.editor');
  look.end();
});

test.describe('a first visit', () => {
  test.use({ firstVisit: true, viewport: { width: 390, height: 844 } });

  test('on a phone, and in a frame', async ({ kubarium }) => {
    const { page, inspector } = kubarium;
    const look = new Look(kubarium);
    const tabs = page.getByRole('navigation');
    await kubarium.open();
    await expect(page.locator('.welcome')).toBeVisible();
    await look.at('phone, welcome');
    await page.locator('.welcome').getByRole('button', { name: 'How a Pod is made' }).click();
    const walk = page.getByRole('region', { name: 'How a Pod is made' });
    await expect(walk.locator('.walk-number')).toHaveText('1');
    await look.at('phone, walk');
    await walk.getByRole('button', { name: /^Leave/ }).click();
    await expect(kubarium.pods('web')).toHaveCount(10);
    await page.getByRole('button', { name: 'Story' }).click();
    await expect(page.getByRole('region', { name: 'Story' })).toBeVisible();
    await look.at('phone, story');
    await page.keyboard.press('Escape');
    await kubarium.node('n1').locator('.tank-head').click();
    await expect(inspector).toBeVisible();
    await look.at('phone, inspector');
    await page.getByRole('button', { name: 'Close, back to the editor' }).click();
    await page.getByRole('button', { name: 'More' }).click();
    await look.at('phone, menu', '[role=menu]');
    await page.keyboard.press('Escape');
    for (const tab of ['Editor', 'Events', 'Timeline']) {
      await tabs.getByRole('button', { name: tab }).click();
      await look.at(`phone, ${tab}`);
    }
    await page.setViewportSize({ width: 760, height: 460 });
    await kubarium.open('./?embed=1');
    await look.at('frame');
    look.end();
  });
});
