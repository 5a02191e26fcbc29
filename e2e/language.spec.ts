import type { Page } from '@playwright/test';
import { expect, test } from './page';

/** What stays English in every language, beside names and code. */
const KEPT =
  'Kubarium Kubernetes kubeadm kubectl kubelet kube etcd containerd kubernetes dns web nginx YAML ' +
  'Pod Node Service Deployment ReplicaSet ConfigMap StatefulSet DaemonSet Job CronJob Ready API ' +
  'Pending Running Rollout leader authn authz admit check store scheduler Kubelet apiserver server ' +
  'controller manager proxy seed Ctrl Enter Shift Esc CPU Mem GiB deployment replicaset daemonset ' +
  'endpointslice node lifecycle endpoints zone ClusterIP apply Space coredns';

/** Words of the page that are still English, where a person would read or hear them. */
async function englishLeft(page: Page): Promise<string[]> {
  return await page.evaluate((kept) => {
    const known = new Set(kept.split(' '));
    const skipped =
      '.monaco-editor, .editor-text, textarea, .mono, code, kbd, script, style, noscript, ' +
      '.events tbody, .api-lines, [data-kind="Pod"], [data-kind="Controller"], .pod-tile, ' +
      'button[lang="en"]';
    const found = new Set<string>();
    const take = (text: string) => {
      const plain = text.replace(/Pod [a-z0-9]{5}\b/, '').replaceAll(/\S*[./_\d]\S*|\S+-\S+/g, ' ');
      for (const word of plain.match(/\b[A-Za-z]*[a-z]{3,}[A-Za-z]*\b/g) ?? []) {
        if (!known.has(word)) found.add(`${word} (${text.trim().slice(0, 40)})`);
      }
    };
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      if (!node.parentElement?.closest(skipped)) take(node.textContent ?? '');
    }
    for (const name of ['aria-label', 'title', 'placeholder']) {
      for (const element of document.querySelectorAll(`[${name}]`)) {
        if (!element.closest(skipped)) take(element.getAttribute(name)!);
      }
    }
    return [...found];
  }, KEPT);
}

test.describe('for a browser in Taiwan', () => {
  test.use({ locale: 'zh-TW', firstVisit: true });

  test('is Traditional Chinese from the first word on', async ({ kubarium }) => {
    const { page } = kubarium;
    await page.addInitScript(() => {
      const heard = ((globalThis as { heard?: string[] }).heard = [] as string[]);
      new MutationObserver(() => {
        const text = document.querySelector('#root')?.textContent ?? '';
        if (/Apply|Cluster|Events|Share/.test(text)) heard.push(text.slice(0, 80));
      }).observe(document, { childList: true, subtree: true });
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) {
          const { value } = entry as unknown as { value: number };
          if (value > 0.005) heard.push(`shift of ${value}`);
        }
      }).observe({ type: 'layout-shift', buffered: true });
    });
    await kubarium.open();
    await expect(page.getByRole('button', { name: '套用', exact: true })).toBeVisible();
    await expect(page).toHaveTitle('Kubarium：分頁裡的 Kubernetes 叢集');
    expect(await page.getAttribute('html', 'lang')).toBe('zh-Hant');
    expect(await page.evaluate(() => (globalThis as { heard?: string[] }).heard)).toEqual([]);
    expect(await englishLeft(page)).toEqual([]);
  });

  test('tells the story in it', async ({ kubarium }) => {
    const { page } = kubarium;
    await kubarium.open();
    await page.getByRole('button', { name: '套用並觀看' }).click();
    await expect(page.locator('.say').getByText('你套用了 web.yaml')).toBeVisible();
    await expect(kubarium.pods('web', 'running')).toHaveCount(10);
    await page.getByRole('tab', { name: '故事' }).click();
    await expect(page.locator('.group', { hasText: /建立 10 個 Pod/ })).toHaveCount(1);
    expect(await englishLeft(page)).toEqual([]);
  });
});

test('another language is chosen in the bar and remembered; the cluster goes on', async ({
  kubarium,
}) => {
  const { page } = kubarium;
  await kubarium.open();
  await kubarium.apply();
  await expect(kubarium.pods('web', 'running')).toHaveCount(10);
  await page
    .getByRole('group', { name: 'Language' })
    .getByRole('button', { name: '简体中文' })
    .click();
  await expect(page.getByRole('button', { name: '应用', exact: true })).toBeVisible();
  await expect(kubarium.pods('web', 'running')).toHaveCount(10);
  expect(await englishLeft(page)).toEqual([]);
  await page.reload();
  await expect(page.getByRole('button', { name: '应用', exact: true })).toBeVisible();
  expect(await page.getAttribute('html', 'lang')).toBe('zh-Hans');
  await page.setViewportSize({ width: 980, height: 760 });
  await page.getByRole('button', { name: '语言' }).click();
  await page.getByRole('menuitemradio', { name: 'English' }).click();
  await expect(page.getByRole('button', { name: 'Share' })).toBeVisible();
});

for (const [asked, lang, apply] of [
  ['zh-HK', 'zh-Hant', '套用'],
  ['zh-SG', 'zh-Hans', '应用'],
  ['en', 'en', 'Apply'],
] as const) {
  test(`?lang=${asked} is ${lang}`, async ({ kubarium }) => {
    await kubarium.page.goto(`./?lang=${asked}`);
    await expect(kubarium.page.getByRole('button', { name: apply, exact: true })).toBeVisible();
    expect(await kubarium.page.getAttribute('html', 'lang')).toBe(lang);
  });
}
