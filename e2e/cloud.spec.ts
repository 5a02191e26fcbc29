// Clusters that give Services addresses: by a cloud, or by pods of their own.
import { expect, test } from './page';

const EXPOSED = `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  type: LoadBalancer
  selector:
    app: web
  ports:
    - port: 8080
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
            backend:
              service:
                name: web
                port:
                  number: 8080
`;

test('on k3s an Ingress leads in from the internet as soon as it is there', async ({
  kubarium,
}) => {
  const { page } = kubarium;
  await page.goto('./?preset=k3s');
  await expect(kubarium.component('cloud-controller-manager')).toHaveAttribute(
    'data-state',
    'running',
  );
  // Traefik and its load balancer have come up.
  await expect(page.locator('[data-kind="Service"][data-name="traefik"]')).toBeVisible();
  // A preset that a link names has a draft of its own, where `paste` does not look.
  const editor = kubarium.codeEditor();
  await editor.locator('.view-line').first().click();
  await kubarium.press('ControlOrMeta+A');
  await page.evaluate((text) => navigator.clipboard.writeText(text), EXPOSED);
  await kubarium.press('ControlOrMeta+V');
  await expect(editor).toContainText('number: 8080');
  await kubarium.apply();
  const door = page.locator('[data-kind="Ingress"][data-name="shop"]');
  await expect(door).toHaveAccessibleName(/^Ingress shop, shop\.test, \/ → web$/);
  await expect(door).not.toHaveClass(/is-closed/);
});

test('in a cloud the program that speaks with it says what it does and waits for', async ({
  kubarium,
}) => {
  const { page } = kubarium;
  await page.goto('./?preset=zones');
  const cloud = kubarium.component('cloud-controller-manager');
  await expect(cloud).toHaveAttribute('data-state', 'running');
  await expect(kubarium.node('n9')).toBeVisible();
  await cloud.click();
  await expect(kubarium.inspector).toContainText('gives Services of type LoadBalancer an address');
  await expect(kubarium.inspector).toContainText('cloud-controller-manager-m1');
});
