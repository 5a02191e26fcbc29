import { Look } from './look';
import { expect, test } from './page';
import type { Kubarium } from './page';

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

const shelf = `apiVersion: v1
kind: ConfigMap
metadata: { name: settings }
data: { COLOUR: blue }
---
apiVersion: v1
kind: Pod
metadata: { name: till }
spec:
  nodeName: n2
  restartPolicy: Never
  initContainers:
    - name: migrate
      image: busybox:1.36
      command: [sh, -c, 'true']
  containers:
    - name: web
      image: nginx:1.27
      readinessProbe: { httpGet: { path: /, port: 80 }, periodSeconds: 1 }
      livenessProbe: { httpGet: { path: /, port: 80 } }
      volumeMounts:
        - { name: colours, mountPath: /etc/shop }
    - name: broken
      image: busybox:1.36
      command: [sh, -c, 'exit 3']
  volumes:
    - name: colours
      configMap: { name: settings }
`;

/** The pod of the shelf, once one of its containers serves and the other has failed. */
async function openShelf(kubarium: Kubarium) {
  const { page } = kubarium;
  await kubarium.open();
  await kubarium.paste(shelf);
  await kubarium.apply();
  const till = page.locator('[data-kind="Pod"][data-name="till"]');
  await kubarium.speed('5×');
  await expect(till).toHaveAttribute('data-look', 'notReady');
  return till;
}

test('whoever zooms in sees into a pod: its containers, their probes and its volumes', async ({
  kubarium,
}) => {
  const { page } = kubarium;
  const till = await openShelf(kubarium);
  const inside = till.locator('.pod-inside');
  const vessel = (name: string) => till.locator(`[data-container="${name}"]`);
  await expect(inside).toHaveCount(0);
  const before = await kubarium.node('n2').boundingBox();

  const box = (await till.boundingBox())!;
  await page.mouse.move(box.x + 8, box.y + 8);
  await expect(async () => {
    await page.mouse.wheel(0, -60);
    await expect(inside).toBeVisible({ timeout: 200 });
  }).toPass();
  await expect(vessel('migrate')).toHaveAttribute('data-tone', 'done');
  await expect(vessel('web')).toHaveAttribute('data-tone', 'run');
  await expect(vessel('web').locator('[data-probe="readiness"]')).toHaveAttribute(
    'data-result',
    'passed',
  );
  await expect(vessel('broken')).toHaveAttribute('data-tone', 'bad');
  await expect(till.locator('[data-part="volume colours"]')).toBeVisible();
  await expect(till).toHaveAccessibleDescription(/container web running nginx:1\.27/);
  await expect(till).toHaveAccessibleDescription(/configMap colours web:\/etc\/shop/);
  // The neighbours stand where they stood, only nearer.
  const after = await kubarium.node('n2').boundingBox();
  expect(after!.width / after!.height).toBeCloseTo(before!.width / before!.height, 1);

  await vessel('web').hover();
  await expect(page.getByRole('tooltip')).toContainText('http-get :80/');
  await vessel('broken').click();
  await expect(kubarium.inspector).toContainText('till');
  await expect(kubarium.inspector.locator('.containers li', { hasText: 'broken' })).toBeVisible();
});

test('a pod opens by keyboard, and stays where the focus is', async ({ kubarium }) => {
  const { page } = kubarium;
  const till = await openShelf(kubarium);
  await till.focus();
  for (const _ of [1, 2, 3, 4, 5]) await kubarium.press('+');
  await expect(till.locator('[data-container="web"]')).toBeInViewport({ ratio: 0.9 });
  await expect(till).toBeFocused();
  await page.emulateMedia({ reducedMotion: 'reduce' });
  const look = new Look(kubarium);
  await look.at('open pods', '.cluster-canvas');
  look.end();
  await kubarium.press('Enter');
  await expect(kubarium.inspector).toContainText('till');
  await till.focus();
  await kubarium.press('0');
  await expect(till.locator('.pod-inside')).toHaveCount(0);
});
