import { expect, listen, test } from './page';

test.use({ firstVisit: true });

test('a running cluster is there at once, without any network', async ({ kubarium }) => {
  const { page } = kubarium;
  await kubarium.open();
  for (const name of ['kube-apiserver', 'etcd', 'kube-scheduler', 'kube-controller-manager']) {
    await expect(kubarium.component(name)).toBeVisible();
  }
  for (const name of ['n1', 'n2', 'n3', 'n4']) {
    await expect(kubarium.node(name)).toHaveAttribute('data-ready', 'Ready');
    await expect(kubarium.component(`kubelet-${name}`)).toBeVisible();
  }
  const system = page.locator('[data-kind="Pod"][data-namespace="kube-system"]');
  for (const name of ['etcd-m1', 'kube-apiserver-m1', 'kube-scheduler-m1']) {
    await expect(page.locator(`[data-name="${name}"][data-look="running"]`)).toBeVisible();
  }
  await expect(system.and(page.locator('[data-name^="coredns-"]'))).toHaveCount(2);
  await expect(system.and(page.locator('[data-name^="kube-proxy-"]'))).toHaveCount(5);
  await expect(page.getByRole('button', { name: /kubeadm · 1 \+ 4/ })).toContainText('v1.36');
});

test('the first paint needs no code editor, and nothing moves after it', async ({ kubarium }) => {
  const { page } = kubarium;
  await page.addInitScript(() => {
    const shifts: number[] = [];
    Object.assign(window, { shifts });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) {
        const { value, hadRecentInput } = entry as unknown as Record<string, unknown>;
        if (!hadRecentInput) shifts.push(value as number);
      }
    }).observe({ type: 'layout-shift', buffered: true });
  });
  await page.route('**/create-code-editor*.js', async (route) => {
    await expect(page.getByRole('textbox', { name: 'web.yaml, YAML' })).toBeVisible();
    await route.continue();
  });
  await kubarium.open();
  await expect(kubarium.codeEditor()).toBeVisible();
  const shifts = await page.evaluate(() => (window as unknown as { shifts: number[] }).shifts);
  expect(shifts.reduce((sum, shift) => sum + shift, 0)).toBeLessThan(0.01);
});

test('what is typed before the code editor comes is not lost', async ({ kubarium }) => {
  const { page } = kubarium;
  let letIn = () => {};
  const held = new Promise<void>((resolve) => (letIn = resolve));
  await page.route('**/create-code-editor*.js', async (route) => {
    await held;
    await route.continue();
  });
  await kubarium.open();
  const field = page.getByRole('textbox', { name: 'web.yaml, YAML' });
  await field.fill('# first words\n');
  await field.pressSequentially('kind: Po');
  letIn();
  await expect(kubarium.codeEditor()).toBeVisible();
  await page.keyboard.type('d');
  await expect.poll(() => kubarium.text()).toBe('# first words\nkind: Pod');
});

test('the address chooses the theme, and the version is that of the API', async ({ kubarium }) => {
  const { page } = kubarium;
  await kubarium.open('./index.html?theme=dark');
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await page.getByRole('button', { name: /kubeadm/ }).click();
  await expect(page.getByText(/Kubernetes v1\.36\.\d+ · seed 1/)).toBeVisible();
});

test('two visits with one seed are the same run', async ({ kubarium, browser, baseURL }) => {
  await kubarium.open('./?seed=77');
  const other = await browser.newContext();
  const page = await other.newPage();
  const heard = listen(page);
  await page.goto(`${baseURL!}?seed=77`);
  const names = (from: typeof page) =>
    from.locator('[data-kind="Pod"]').evaluateAll((pods) => {
      return pods.map((pod) => (pod as HTMLElement).dataset['name']).toSorted();
    });
  await expect(page.locator('[data-kind="Pod"]')).toHaveCount(11);
  expect(await names(page)).toEqual(await names(kubarium.page));
  expect(heard).toEqual([]);
  await other.close();
});
