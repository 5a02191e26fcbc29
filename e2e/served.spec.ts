// The page below /ui/ of `npm run serve`: it shows the server's cluster and acts on it, beside any
// other client of the same API.
import { spawn, type ChildProcess } from 'node:child_process';
import { expect, test } from '@playwright/test';

type Json = Record<string, Record<string, string>>;

let server: ChildProcess;
let url: string;

test.beforeAll(async () => {
  server = spawn('node', ['scripts/serve.mjs', '--port', '0', '--secure-port', '0'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  url = await new Promise((resolve, reject) => {
    let said = '';
    server.stdout!.on('data', (chunk: Buffer) => {
      said += chunk.toString('utf8');
      const found = /running at (http:\/\/\S+)/.exec(said);
      if (found) resolve(found[1]);
    });
    server.once('exit', (code) => reject(new Error(`the server ended with ${code}: ${said}`)));
  });
});

test.beforeEach(async ({ context }) => {
  // Who has been here is not welcomed again.
  await context.addInitScript(() => {
    const key = 'kubarium.preferences';
    localStorage.setItem(key, localStorage.getItem(key) ?? '{"welcomed":true}');
  });
});

test.afterAll(() => {
  server.kill('SIGINT');
});

async function call(method: string, path: string, body?: object): Promise<Json> {
  const response = await fetch(url + path, {
    method,
    headers: {
      'Content-Type': method === 'PATCH' ? 'application/merge-patch+json' : 'application/json',
    },
    body: body && JSON.stringify(body),
  });
  return (await response.json()) as Json;
}

test('shows what another client does, and does what another client sees', async ({ page }) => {
  await page.goto(`${url}/ui/`);
  for (const name of ['m1', 'n1', 'n2', 'n3', 'n4']) {
    await expect(page.locator(`[data-kind="Node"][data-name="${name}"]`).first()).toBeVisible();
  }
  await call('POST', '/api/v1/namespaces/default/pods', {
    metadata: { name: 'seen' },
    spec: { containers: [{ name: 'main', image: 'nginx:1.27' }] },
  });
  await expect(page.locator('[data-kind="Pod"][data-name="seen"]').first()).toBeAttached();

  const power = page
    .locator('[data-kind="Node"][data-name="n2"]')
    .getByRole('button', { name: /power/i });
  await power.first().click();
  await expect
    .poll(async () => {
      const machine = await call('GET', '/apis/sim.kubarium.dev/v1alpha1/machines/n2');
      return machine.spec.power;
    })
    .toBe('Off');
});

test('looks back while a client goes on, and finds what it made when it returns', async ({
  page,
}) => {
  await page.goto(`${url}/ui/`);
  const made = page.locator('[data-kind="Pod"][data-name="meanwhile"]').first();
  const past = page.getByRole('region', { name: 'Moment that is shown' });
  const marker = page.getByRole('slider', { name: 'Moment that is shown' });
  await expect(page.locator('[data-kind="Node"][data-name="n1"]').first()).toBeVisible();
  await marker.press('Home');
  await expect(past).toContainText('The cluster goes on meanwhile');
  await call('POST', '/api/v1/namespaces/default/pods', {
    metadata: { name: 'meanwhile' },
    spec: { containers: [{ name: 'main', image: 'nginx:1.27' }] },
  });
  const node = async () => {
    return (await call('GET', '/api/v1/namespaces/default/pods/meanwhile')).spec.nodeName;
  };
  await expect.poll(node, { timeout: 60_000 }).toMatch(/^n\d$/);
  await expect(past).toContainText('The cluster goes on meanwhile');
  await expect(made).toHaveCount(0);
  await page.keyboard.press('Escape');
  await expect(past).toHaveCount(0);
  await expect(made).toBeAttached();
});

test('goes on from the past in a tab of its own, and leaves what others use alone', async ({
  page,
}) => {
  await page.goto(`${url}/ui/`);
  await call('POST', '/api/v1/namespaces/default/pods', {
    metadata: { name: 'common' },
    spec: { containers: [{ name: 'main', image: 'nginx:1.27' }] },
  });
  const common = '[data-kind="Pod"][data-name="common"]';
  await expect(page.locator(common).first()).toBeAttached();
  await page.getByRole('slider', { name: 'Moment that is shown' }).press('Home');
  await expect(page.locator(common)).toHaveCount(0);
  await page.getByRole('button', { name: 'Branch from here' }).click();
  await page.getByRole('menuitem', { name: 'With the same seed' }).click();
  const question = page.getByRole('alertdialog', { name: 'Go on apart?' });
  await expect(question).toContainText('Others use this cluster');
  const opening = page.waitForEvent('popup');
  await question.getByRole('button', { name: 'Open in a new tab' }).press('Enter');
  const own = await opening;
  await expect(own.getByText('This cluster left one that others use')).toBeVisible();
  await expect(own.locator('[data-kind="Node"][data-name="n1"]').first()).toBeVisible();
  await expect(own.locator(common)).toHaveCount(0);
  const power = own.locator('[data-kind="Node"][data-name="n1"]').getByRole('button', {
    name: /power/i,
  });
  await power.first().click();
  await expect(own.locator('[data-kind="Node"][data-name="n1"][data-power="Off"]')).toBeVisible();
  const machine = await call('GET', '/apis/sim.kubarium.dev/v1alpha1/machines/n1');
  expect(machine.spec.power).not.toBe('Off');
  const { metadata } = await call('GET', '/api/v1/namespaces/default/pods/common');
  expect(metadata.name).toBe('common');
});

test('says so when the server has gone', async ({ page }) => {
  await page.goto(`${url}/ui/`);
  await expect(page.locator('[data-kind="Node"][data-name="m1"]').first()).toBeVisible();
  server.kill('SIGINT');
  await expect(page.getByText('the server has gone').first()).toBeVisible();
});
