import { expect, test } from './page';

const shop = `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  selector: { app: web }
  ports: [{ port: 80 }]
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: shop
spec:
  rules:
    - host: shop.test
      http:
        paths:
          - path: /
            pathType: Prefix
            backend: { service: { name: web, port: { number: 80 } } }
`;

test('an Ingress opens the cluster to the internet: both stand above the Service', async ({
  kubarium,
}) => {
  const { page } = kubarium;
  await kubarium.open();
  const internet = page.locator('[data-kind="Client"][data-name="internet"]');
  await expect(internet).toHaveCount(0);
  await kubarium.paste(shop);
  await kubarium.apply();
  const door = page.locator('[data-kind="Ingress"][data-name="shop"]');
  const service = page.locator('[data-kind="Service"][data-name="web"]');
  await expect(door).toContainText('shop.test');
  await expect(door).toContainText('/ → web');
  await expect(door).toHaveAccessibleName(/^Ingress shop, shop\.test, \/ → web/);
  await expect(internet).toContainText('1 way in');
  await expect(service).toBeVisible();
  const tops = await Promise.all([internet, door, service].map((it) => it.boundingBox()));
  expect(tops[0]!.y).toBeLessThan(tops[1]!.y);
  expect(tops[1]!.y).toBeLessThan(tops[2]!.y);
  // Nothing serves it and nothing is ready behind it: the lines say so.
  await expect(page.locator('.wire-traffic.is-closed')).toHaveAttribute('d', /M/);

  await service.focus();
  await kubarium.press('ArrowUp');
  await expect(door).toBeFocused();
  await kubarium.press('Enter');
  await expect(kubarium.inspector).toContainText('shop');
});

test('of three control planes each says what it runs, and etcd counts those that are left', async ({
  kubarium,
}) => {
  const { page } = kubarium;
  await page.goto('./?preset=ha');
  const machine = (name: string) => page.locator(`.master[data-name="${name}"]`);
  const etcd = kubarium.component('etcd');
  for (const name of ['m1', 'm2', 'm3']) {
    await expect(machine(name)).toContainText('apiserver · etcd');
  }
  await expect(etcd).toContainText('3 of 3 members');
  await expect(kubarium.component('kube-scheduler')).toContainText(/leader m\d/);
  await expect(page.locator('.tank')).toHaveCount(5);

  for (const [name, left] of [
    ['m2', '2 of 3 members'],
    ['m3', '1 of 3 members'],
  ] as const) {
    await machine(name).focus();
    await kubarium.press('p');
    await expect(machine(name)).toHaveAttribute('data-power', 'Off');
    await expect(machine(name)).toContainText('no power');
    await expect(etcd).toContainText(left);
  }
  await expect(etcd).toContainText('no quorum');

  await machine('m3').getByRole('button', { name: 'Power on m3' }).click();
  await expect(etcd).toContainText('2 of 3 members');
  await expect(etcd).not.toContainText('no quorum');
});
