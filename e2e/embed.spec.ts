import { expect, test } from './page';

test.use({ viewport: { width: 760, height: 460 } });

test('in a frame: bar, canvas, one line of the document, Apply', async ({ kubarium }) => {
  const { page } = kubarium;
  await kubarium.open('./?embed=1');
  await expect(page.getByRole('button', { name: 'Share' })).toHaveCount(0);
  const field = page.getByRole('textbox', { name: 'Line 22' });
  await expect(field).toHaveValue('image: nginx:1.27');
  await kubarium.apply();
  await expect(kubarium.pods('web')).toHaveCount(10);
  await kubarium.speed('5×');
  await expect(kubarium.pods('web', 'running')).toHaveCount(10);
  const old = (await kubarium.pods('web').first().getAttribute('data-name'))!.slice(0, -6);
  await field.fill('image: nginx:1.28');
  await field.press('Enter');
  await expect(kubarium.pods(old)).toHaveCount(0, { timeout: 20_000 });

  await page.getByRole('button', { name: 'Reset' }).click();
  await expect(kubarium.pods('web')).toHaveCount(0);
  await expect(field).toHaveValue('image: nginx:1.27');
  expect(await page.evaluate(() => localStorage.getItem('kubarium.draft.own'))).toBe(null);
});

test('the whole document opens over the canvas', async ({ kubarium }) => {
  const { page } = kubarium;
  await kubarium.open('./?embed=1');
  await page.getByRole('button', { name: 'Open web.yaml' }).click();
  await expect(kubarium.codeEditor()).toBeVisible();
  await kubarium.apply();
  await expect(kubarium.codeEditor()).toBeHidden();
  await expect(kubarium.pods('web').first()).toBeVisible();
  await page.getByRole('button', { name: 'Open web.yaml' }).click();
  await expect(kubarium.report).toContainText('deployment.apps/web created');
  await page.getByRole('button', { name: 'Close the editor' }).click();
  await expect(kubarium.pods('web').first()).toBeVisible();
});

test('Open in Kubarium opens the same cluster in a page of its own', async ({
  kubarium,
  context,
}) => {
  const { page } = kubarium;
  await kubarium.open('./?embed=1');
  const opened = context.waitForEvent('page');
  await page.getByRole('button', { name: 'Open in Kubarium' }).click();
  const other = await opened;
  expect(other.url()).toMatch(/\/#v1\./);
  await expect(other.locator('[data-kind="Pod"][data-name^="web-"]')).toHaveCount(10);
  await other.close();
});

test('the snippet works in somebody else’s page', async ({ kubarium }) => {
  const { page } = kubarium;
  await page.setViewportSize({ width: 1440, height: 900 });
  await kubarium.open();
  await page.getByRole('button', { name: 'Embed' }).click();
  await expect(page.getByText('The link is on your clipboard.')).toBeVisible();
  const snippet = await page.evaluate(() => navigator.clipboard.readText());
  expect(snippet).toContain('?embed=1#v1.');
  const body = `<!doctype html><link rel="icon" href="data:,"><h1>A post</h1>${snippet}`;
  await page.route('**/post.html', (route) => route.fulfill({ body, contentType: 'text/html' }));
  await page.goto('./post.html');
  const frame = page.frameLocator('iframe');
  await expect(frame.locator('[data-kind="Pod"][data-name^="web-"]')).toHaveCount(10);
});

test('the smallest frame holds everything without scrolling', async ({ kubarium }) => {
  const { page } = kubarium;
  await page.setViewportSize({ width: 320, height: 360 });
  await kubarium.open('./?embed=1');
  const [width, height] = await page.evaluate(() => {
    const { scrollWidth, scrollHeight } = document.documentElement;
    return [scrollWidth, scrollHeight];
  });
  expect([width, height]).toEqual([320, 360]);
  await expect(page.getByRole('button', { name: 'Apply', exact: true })).toBeInViewport({
    ratio: 1,
  });
});
