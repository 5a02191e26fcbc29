import { expect, test } from './page';

const deployment = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  replicas: 2
  selector:
    matchLabels: { app: web }
  template:
    metadata:
      labels: { app: web }
    spec:
      containers:
        - name: nginx
          image: nginx:1.27
`;

test('files in tabs: samples, new, renamed, closed and brought back', async ({ kubarium }) => {
  const { page } = kubarium;
  await kubarium.open();
  await kubarium.paste('# mine\n');
  await page.getByRole('button', { name: 'Samples' }).click();
  await page.getByRole('menuitem', { name: /^StatefulSet/ }).click();
  await expect.poll(() => kubarium.text()).toContain('kind: StatefulSet');
  const tab = (name: string) => page.getByRole('tab', { name, exact: true });
  await expect(tab('db.yaml')).toHaveAttribute('aria-selected', 'true');
  await tab('web.yaml').click();
  await expect.poll(() => kubarium.text()).toBe('# mine\n');

  await tab('web.yaml').press('F2');
  await page.getByRole('textbox', { name: 'New name of web.yaml' }).fill('notes.yaml');
  await page.keyboard.press('Enter');
  await page.getByTitle('Close notes.yaml').click();
  await expect(tab('notes.yaml')).toHaveCount(0);
  await page.getByRole('button', { name: 'Bring it back' }).click();
  await expect.poll(() => kubarium.text()).toBe('# mine\n');

  await page.reload();
  await expect(tab('notes.yaml')).toHaveAttribute('aria-selected', 'true');
  await expect(tab('db.yaml')).toBeVisible();

  // Of a file in which nothing is written nothing is asked; the next keys go into it.
  await kubarium.codeEditor().waitFor();
  await page.getByRole('button', { name: 'New file' }).click();
  await expect(page.getByText('Write or paste YAML here, or take a sample.')).toBeVisible();
  await page.keyboard.type('kind: Pod');
  await expect.poll(() => kubarium.text()).toContain('kind: Pod');
  await expect(page.getByRole('button', { name: '1 problem' })).toBeVisible();
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.press('Delete');
  await expect(page.getByRole('button', { name: '1 problem' })).toHaveCount(0);
  await expect(page.getByText('Write or paste YAML here, or take a sample.')).toBeVisible();
});

test('a rejected object is mended by the fix that is offered', async ({ kubarium }) => {
  const { page } = kubarium;
  await kubarium.open();
  await kubarium.paste(deployment.replace('labels: { app: web }', 'labels: { app: wbe }'));
  await kubarium.apply();
  await page.getByRole('button', { name: '1 problem' }).click();
  const problems = page.getByRole('region', { name: 'Problems' });
  await expect(problems).toContainText('`selector` does not match template `labels`');
  await problems.getByRole('button', { name: 'Change to “web”' }).click();
  await expect.poll(() => kubarium.text()).toBe(deployment);
  await kubarium.apply();
  await expect(kubarium.report).toContainText('deployment.apps/web created');

  await kubarium.paste(deployment.replace('apps/v1', 'extensions/v1beta1'));
  await kubarium.apply();
  await page.getByRole('button', { name: 'Use apps/v1' }).click();
  await expect.poll(() => kubarium.text()).toBe(deployment);
});

test('what applying would change, and what runs, are shown beside the text', async ({
  kubarium,
}) => {
  const { page } = kubarium;
  await kubarium.open();
  await kubarium.paste(deployment);
  await page.getByRole('button', { name: 'Diff', exact: true }).click();
  const diff = page.getByRole('region', { name: 'What applying would change' });
  await expect(diff).toContainText('deployment.apps/web would be created');
  await kubarium.apply();
  await expect(diff).toContainText('Nothing would change.');

  await page.getByRole('button', { name: 'Live', exact: true }).click();
  const live = page.getByRole('region', { name: 'The objects of this file, live' });
  await expect(live).toContainText('readyReplicas: 2');
  await page.getByRole('button', { name: 'Edit', exact: true }).click();
  await kubarium.edit('replicas: 2', 'replicas: 3');
  await page.getByRole('button', { name: 'Diff', exact: true }).click();
  await expect(diff.locator('.line-insert').first()).toBeVisible();
  await kubarium.apply();
  await page.getByRole('button', { name: 'Live', exact: true }).click();
  await expect(live).toContainText('readyReplicas: 3');
});
