import { four } from './manifests';
import { expect, test } from './page';

test('a broken YAML shows its error at the line, and nothing typed is lost', async ({
  kubarium,
}) => {
  const broken = four.replace('  replicas: 4', '  replicas: 4\n   selector: {');
  await kubarium.open();
  await kubarium.paste(broken);
  await kubarium.apply();
  const zone = kubarium.page.locator('.zone');
  await expect(zone).toHaveCount(1);
  await expect(zone).toContainText('Not YAML that kubectl could read');
  await expect(kubarium.page.getByRole('button', { name: /\d+ problems?/ })).toBeVisible();
  await expect(kubarium.report).toContainText('cannot be read');
  expect(await kubarium.text()).toBe(broken);
  await expect(kubarium.pods('web')).toHaveCount(0);
});

test('a rejected object shows the server’s own message at the word', async ({ kubarium }) => {
  const { page } = kubarium;
  const wrong = four.replace('labels: { app: web }', 'labels: { app: wbe }');
  await kubarium.open();
  await kubarium.paste(wrong);
  await kubarium.apply();
  const zone = page.locator('.zone');
  await expect(zone).toContainText('422 Invalid · Rejected by the server');
  await expect(zone).toContainText(
    'spec.template.metadata.labels: Invalid value: {"app":"wbe"}: `selector` does not match ' +
      'template `labels`',
  );
  const line = kubarium.codeEditor().locator('.view-line').filter({ hasText: 'wbe' });
  const [above, box] = [await line.boundingBox(), await zone.boundingBox()];
  expect(box!.y - above!.y).toBeLessThan(40);
  await expect(page.locator('.squiggly-error').first()).toBeVisible();
  expect(await kubarium.text()).toBe(wrong);

  // Mending the line takes the box away; applying again works.
  await page.getByRole('button', { name: /\d+ problems?/ }).click();
  await kubarium.edit('wbe', 'web');
  await expect(zone).toHaveCount(0);
  await kubarium.apply();
  await expect(kubarium.report).toContainText('deployment.apps/web created');
});

test('one bad object does not keep the others out', async ({ kubarium }) => {
  const { page } = kubarium;
  const settings = (name: string, extra = '') =>
    `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: ${name} }\n${extra}`;
  await kubarium.open();
  await kubarium.paste(
    [settings('first'), settings('typo', 'datta: {}\n'), 'kind: [\n', settings('last')].join(
      '---\n',
    ),
  );
  await kubarium.apply();
  await expect(kubarium.report).toContainText('configmap/first created');
  await expect(kubarium.report).toContainText('configmap/typo rejected, line 8');
  await expect(kubarium.report).toContainText('cannot be read');
  await expect(kubarium.report).toContainText('configmap/last created');
  await expect(page.locator('.zone').first()).toContainText('400 BadRequest');
  await expect(page.locator('.zone').first()).toContainText('unknown field "datta"');
});

test('an immutable field is told in the server’s words', async ({ kubarium }) => {
  await kubarium.open();
  await kubarium.paste(four);
  await kubarium.apply();
  await expect(kubarium.report).toContainText('created');
  await kubarium.paste(four.replaceAll('app: web', 'app: other'));
  await kubarium.apply();
  await expect(kubarium.page.locator('.zone')).toContainText('field is immutable');
});

test('a kind that nobody knows', async ({ kubarium }) => {
  await kubarium.open();
  await kubarium.paste('apiVersion: x.test/v1\nkind: Widget\nmetadata: { name: x }\n');
  await kubarium.apply();
  await expect(kubarium.page.locator('.zone')).toContainText(
    'no matches for kind "Widget" in version "x.test/v1"',
  );
});
