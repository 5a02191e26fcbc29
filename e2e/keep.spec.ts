import { four, web } from './manifests';
import { expect, Kubarium, listen, test } from './page';

async function names(kubarium: Kubarium): Promise<string[]> {
  return await kubarium.pods('web').evaluateAll((pods) => {
    return pods.map((pod) => (pod as HTMLElement).dataset['name']!).toSorted();
  });
}

async function time({ page }: Kubarium): Promise<string> {
  return (await page.getByRole('timer').textContent()) ?? '';
}

test('a reload brings the same cluster back, and the text', async ({ kubarium }) => {
  const { page } = kubarium;
  await kubarium.open();
  await kubarium.paste(four);
  await kubarium.speed('5×');
  await kubarium.apply();
  await expect(kubarium.pods('web', 'running')).toHaveCount(4);
  const before = await names(kubarium);
  await page.getByRole('button', { name: 'Power off n2' }).click();
  await expect(kubarium.node('n2')).toHaveAttribute('data-power', 'Off');
  const pausedAt = await now(kubarium);
  await page.getByRole('button', { name: 'Pause' }).click();
  const clock = await time(kubarium);
  await expect.poll(async () => (await kept(kubarium))?.paused).toBe(true);
  await expect.poll(() => savedAt(kubarium)).toBeGreaterThan(pausedAt);

  await page.reload();
  await expect(kubarium.pods('web')).toHaveCount(4);
  expect(await names(kubarium)).toEqual(before);
  await expect(kubarium.node('n2')).toHaveAttribute('data-power', 'Off');
  await expect(page.getByRole('button', { name: 'Resume' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Speed 5×' })).toBeVisible();
  expect((await time(kubarium)).slice(0, 8) >= clock.slice(0, 8)).toBe(true);
  expect(await kubarium.text()).toBe(four);

  // It lives on: what was wanted is still wanted.
  await page.getByRole('button', { name: 'Resume' }).click();
  await kubarium.edit('replicas: 4', 'replicas: 5');
  await kubarium.apply();
  await expect(kubarium.report).toContainText('deployment.apps/web configured');
  await expect(kubarium.pods('web')).toHaveCount(5);
});

/** When the own cluster was written down last, ms since the epoch. */
async function savedAt(kubarium: Kubarium): Promise<number> {
  return (await kept(kubarium))?.savedAtMs ?? 0;
}

interface Kept {
  savedAtMs: number;
  paused: boolean;
}

async function kept({ page }: Kubarium): Promise<Kept | undefined> {
  return await page.evaluate(async () => {
    const done = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error!);
      });
    const database = await done(indexedDB.open('kubarium'));
    const store = database.transaction('clusters').objectStore('clusters');
    const slot = sessionStorage.getItem('kubarium.slot.own') ?? 'own';
    const record = await done<Kept | undefined>(store.get(slot));
    database.close();
    return record && { savedAtMs: record.savedAtMs, paused: record.paused };
  });
}

async function now({ page }: Kubarium): Promise<number> {
  return await page.evaluate(() => Date.now());
}

test('a cluster of three thousand pods comes back with what was changed in it', async ({
  kubarium,
}) => {
  const { page } = kubarium;
  const pods = page.locator('.hud-summary');
  await kubarium.open();
  await page.getByRole('button', { name: /kubeadm · 1 \+ 4/ }).click();
  await page.getByRole('menuitem', { name: /Another cluster/ }).click();
  await page
    .getByRole('dialog', { name: 'Choose a cluster' })
    .getByRole('group', { name: 'Start: 100 nodes' })
    .getByRole('button', { name: /3.?000 pods/ })
    .click();
  await expect(pods).toContainText('3107 pods', { timeout: 60_000 });
  await page.getByRole('button', { name: 'Pause' }).click();
  await kubarium.paste(four);
  await kubarium.apply();
  await expect(kubarium.report).toContainText('deployment.apps/web created');
  await page.getByRole('button', { name: 'Resume' }).click();
  await expect(pods).toContainText('3111 pods');
  await page.getByRole('button', { name: 'Pause' }).click();
  const changedAt = await now(kubarium);
  await expect.poll(() => savedAt(kubarium), { timeout: 60_000 }).toBeGreaterThan(changedAt);

  await page.reload();
  await expect(pods).toContainText('3111 pods', { timeout: 60_000 });
  await expect(page.getByRole('button', { name: 'Resume' })).toBeVisible();
  await expect(page.getByText('too large to be kept')).toHaveCount(0);
  await page.keyboard.press('/');
  await page.getByRole('combobox', { name: 'Find and go to' }).fill('web-');
  await expect(page.getByRole('option', { name: /web-/ }).first()).toBeVisible();
});

test('a new cluster begins anew and leaves the text alone', async ({ kubarium }) => {
  const { page } = kubarium;
  await kubarium.open();
  await kubarium.paste(four);
  await kubarium.apply();
  await expect(kubarium.pods('web').first()).toBeVisible();
  await page.getByRole('button', { name: /kubeadm/ }).click();
  await page.getByRole('menuitem', { name: /New cluster/ }).click();
  await expect(kubarium.pods('web')).toHaveCount(0);
  await expect(kubarium.node('n4')).toBeVisible();
  expect(await kubarium.text()).toBe(four);
});

test('a kept cluster that cannot be read costs neither the page nor the text', async ({
  kubarium,
}) => {
  const { page } = kubarium;
  await kubarium.open();
  await kubarium.paste(four);
  await expect.poll(() => savedAt(kubarium)).toBeGreaterThan(0);
  await page.route('**/blank.html', (route) => {
    const body = '<!doctype html><link rel="icon" href="data:,">';
    return route.fulfill({ body, contentType: 'text/html' });
  });
  await page.goto('./blank.html');
  await page.evaluate(async () => {
    const request = indexedDB.open('kubarium');
    await new Promise((resolve) => (request.onsuccess = resolve));
    const store = request.result.transaction('clusters', 'readwrite').objectStore('clusters');
    const broken = { slot: 'own', format: 1, savedAtMs: 1, preset: 'kubeadm', seed: 1, speed: 1 };
    store.put({ ...broken, paused: false, saved: { version: 0 } });
    await new Promise((resolve) => (store.transaction.oncomplete = resolve));
    request.result.close();
  });
  await kubarium.open();
  await expect(
    page.getByText(/could not be read by this version, so a new one runs/),
  ).toBeVisible();
  expect(await kubarium.text()).toBe(four);
});

test('a link makes the same machines and manifests in another browser', async ({
  kubarium,
  browser,
}) => {
  const { page } = kubarium;
  await kubarium.open();
  await kubarium.paste(web);
  await page.getByRole('button', { name: 'Power off n3' }).click();
  await expect(kubarium.node('n3')).toHaveAttribute('data-power', 'Off');
  await page.getByRole('button', { name: 'Share' }).click();
  await expect(page.getByText('The link is on your clipboard.')).toBeVisible();
  const link = await page.evaluate(() => navigator.clipboard.readText());
  expect(link).toMatch(/#v1\.[\w-]+$/);

  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const other = new Kubarium(await context.newPage());
  const heard = listen(other.page);
  await other.open(link);
  await expect(other.pods('web')).toHaveCount(10);
  await expect(other.node('n3')).toHaveAttribute('data-power', 'Off');
  await expect(other.page.getByText('This cluster came by a link.')).toBeVisible();
  await expect(other.codeEditor()).toContainText('web-settings');
  expect(heard).toEqual([]);
  await context.close();
});

test('opening a link leaves the visitor’s own cluster as it was', async ({ kubarium }) => {
  const { page } = kubarium;
  await kubarium.open();
  await kubarium.paste(four);
  await kubarium.apply();
  await expect(kubarium.pods('web')).toHaveCount(4);
  const before = await names(kubarium);
  const at = await now(kubarium);
  await page.getByRole('button', { name: 'Share' }).click();
  await expect(page.getByText('The link is on your clipboard.')).toBeVisible();
  const link = await page.evaluate(() => navigator.clipboard.readText());
  await expect.poll(() => savedAt(kubarium)).toBeGreaterThan(at);
  await page.goto('about:blank');
  await kubarium.open(link);
  await expect(kubarium.pods('web')).toHaveCount(4);
  await page.getByRole('link', { name: 'Back to mine' }).click();
  await expect(page.getByText('This cluster came by a link.')).toHaveCount(0);
  await expect(kubarium.pods('web')).toHaveCount(4);
  expect(await names(kubarium)).toEqual(before);
});

for (const [what, fragment, words] of [
  ['damaged', '#v1.aGVsbG8', /This link is damaged/],
  ['of another version', '#v9.abc', /another version of Kubarium/],
] as const) {
  test(`a link that is ${what} is told clearly`, async ({ kubarium }) => {
    await kubarium.open(`./${fragment}`);
    await expect(kubarium.page.getByText(words)).toBeVisible();
  });
}

test('without a clipboard the link can be taken by hand', async ({ kubarium, context }) => {
  const { page } = kubarium;
  await context.clearPermissions();
  await page.addInitScript(() => {
    const writeText = () => Promise.reject(new Error('not allowed'));
    Object.defineProperty(navigator, 'clipboard', { value: { writeText } });
  });
  await kubarium.open();
  await page.getByRole('button', { name: 'Share' }).click();
  await expect(page.getByText(/copy the link from here/)).toBeVisible();
  await expect(page.getByRole('textbox', { name: 'Link' })).toHaveValue(/#v1\./);
});

test('a second tab goes on with a copy, and neither writes over the other', async ({
  kubarium,
  context,
  baseURL,
}) => {
  const { page } = kubarium;
  await kubarium.open();
  await expect.poll(() => page.evaluate(() => localStorage.getItem('kubarium.kept'))).toBe('1');
  const other = await context.newPage();
  const copy = new Kubarium(other);
  await other.goto(baseURL!);
  await expect(copy.node('n4')).toBeVisible();
  await expect(other.getByText('Another tab runs this cluster.')).toBeVisible();
  await other.getByRole('button', { name: 'Power off n4' }).click();
  await expect(copy.node('n4')).toHaveAttribute('data-power', 'Off');
  const offAt = await now(copy);
  await expect.poll(() => savedAt(copy)).toBeGreaterThan(offAt);
  await other.reload();
  await expect(copy.node('n4')).toHaveAttribute('data-power', 'Off');
  await expect(other.getByText('Another tab runs this cluster.')).toBeHidden();
  await page.reload();
  await expect(kubarium.node('n4')).toHaveAttribute('data-power', 'On');
});
