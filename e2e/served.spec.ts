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

test('says so when the server has gone', async ({ page }) => {
  await page.goto(`${url}/ui/`);
  await expect(page.locator('[data-kind="Node"][data-name="m1"]').first()).toBeVisible();
  server.kill('SIGINT');
  await expect(page.getByText('the server has gone').first()).toBeVisible();
});
