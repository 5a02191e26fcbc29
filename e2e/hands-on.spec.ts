import { deflateRawSync } from 'node:zlib';
import type { Locator } from '@playwright/test';
import { expect, test } from './page';
import type { Kubarium } from './page';

/** Two pods, probed, that end at once when they are asked to. */
const probed = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  replicas: 2
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec:
      terminationGracePeriodSeconds: 1
      nodeSelector: { kubernetes.io/hostname: n1 }
      containers:
        - name: nginx
          image: nginx:1.27
          readinessProbe: { httpGet: { port: 80 }, periodSeconds: 2, failureThreshold: 1 }
          livenessProbe: { httpGet: { port: 80 }, periodSeconds: 10 }
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata:
  name: web
spec:
  minAvailable: 2
  selector: { matchLabels: { app: web } }
`;

type By = 'mouse' | 'keyboard';

/** What is drawn of an object: a node by its title, anything else anywhere. */
async function point(target: Locator): Promise<void> {
  const isTank = (await target.locator('.tank-head').count()) > 0;
  const where = isTank ? target.locator('.tank-head') : target;
  await where.click({ button: 'right', position: { x: 24, y: 12 } });
}

/** Does an act by the menu of what it is done to. */
async function act({ page }: Kubarium, by: By, target: Locator, name: string): Promise<void> {
  if (by === 'mouse') await point(target);
  else {
    await target.focus();
    await page.keyboard.press('m');
  }
  const menu = page.getByRole('menu', { name: /^What can be done with/ });
  await expect(menu).toBeVisible();
  const item = menu.getByRole('menuitem', { name, exact: true });
  if (by === 'mouse') {
    if ((await item.count()) === 0) await menu.getByRole('menuitem', { name: 'Programs' }).click();
    await item.click();
    return;
  }
  await expect(menu.getByRole('menuitem').first()).toBeFocused();
  if ((await item.count()) === 0) {
    await arrowTo(menu, 'Programs');
    await page.keyboard.press('Enter');
  }
  // Some bear a key of their own.
  const hint = item.locator('kbd');
  if ((await hint.count()) > 0)
    await page.keyboard.press((await hint.textContent())!.replace('Del', 'Delete'));
  else {
    await arrowTo(menu, name);
    await expect(item).toBeFocused();
    await page.keyboard.press('Enter');
  }
}

/** Moves the focus to an item, the shorter way round. */
async function arrowTo(menu: Locator, name: string): Promise<void> {
  const [from, to, count] = await menu.evaluate((box, text) => {
    const items = [...box.querySelectorAll('[role=menuitem]')];
    const at = items.findIndex((item) => item.textContent.startsWith(text));
    return [items.indexOf(document.activeElement!), at, items.length] as const;
  }, name);
  const down = (to - from + count) % count;
  const isUp = down > count / 2;
  for (let step = isUp ? count - down : down; step > 0; step--) {
    await menu.page().keyboard.press(isUp ? 'ArrowUp' : 'ArrowDown');
  }
}

/** The line at the canvas's foot says the command, and what became of it. */
async function told({ page }: Kubarium, command: string, answer: string): Promise<void> {
  const line = page.getByRole('status', { name: 'Last act' });
  await expect(line.locator('.act-command')).toHaveText('$ ' + command);
  await expect(line).toContainText(answer);
}

function patch(spec: object, machine = 'n1'): string {
  return `kubectl patch machine ${machine} --type merge -p '${JSON.stringify({ spec })}'`;
}

function outage({ page }: Kubarium): Locator {
  return page.getByRole('status', { name: 'What is down' });
}

async function runWeb(kubarium: Kubarium): Promise<void> {
  await kubarium.open();
  await kubarium.paste(probed);
  await kubarium.speed('10×');
  await kubarium.apply();
  await expect(kubarium.pods('web', 'running')).toHaveCount(2, { timeout: 30_000 });
}

for (const by of ['mouse', 'keyboard'] as const) {
  test(`machines and Nodes by ${by}`, async ({ kubarium }) => {
    test.setTimeout(180_000);
    await kubarium.open();
    const n1 = kubarium.node('n1');
    const patched = 'machine.sim.kubarium.dev/n1 patched';

    await act(kubarium, by, n1, 'Cut cable');
    await told(kubarium, patch({ network: 'Cut' }), patched);
    await expect(outage(kubarium)).toContainText('Two truths about n1');
    await act(kubarium, by, n1, 'Plug cable in');
    await told(kubarium, patch({ network: 'Connected' }), patched);
    await expect(outage(kubarium)).toBeEmpty();

    await act(kubarium, by, n1, 'Power off');
    await expect(n1).toHaveAttribute('data-power', 'Off');
    await act(kubarium, by, n1, 'Power on');
    await expect(n1).toHaveAttribute('data-power', 'On');

    await act(kubarium, by, n1, 'Fill disk');
    await told(kubarium, patch({ disk: { filledPercent: 97 } }), patched);
    await expect(outage(kubarium)).toContainText('The disk of n1 is full');
    await act(kubarium, by, n1, 'Free disk');
    await told(kubarium, patch({ disk: null }), patched);

    await act(kubarium, by, n1, 'Cordon');
    await told(kubarium, 'kubectl cordon n1', 'node/n1 cordoned');
    await expect(n1).toContainText('cordoned');
    await act(kubarium, by, n1, 'Uncordon');
    await told(kubarium, 'kubectl uncordon n1', 'node/n1 uncordoned');

    await act(kubarium, by, n1, 'Taint…');
    const form = kubarium.page.getByRole('form', { name: 'Taint: n1' });
    await form.getByRole('textbox', { name: 'Key' }).fill('gpu');
    await form.getByRole('textbox', { name: 'Value' }).fill('true');
    await kubarium.page.keyboard.press('Enter');
    await told(kubarium, 'kubectl taint nodes n1 gpu=true:NoSchedule', 'node/n1 tainted');
    await act(kubarium, by, n1, 'Remove taint gpu=true:NoSchedule');
    await told(kubarium, 'kubectl taint nodes n1 gpu=true:NoSchedule-', 'node/n1 untainted');

    await act(kubarium, by, n1, 'Label…');
    await kubarium.page.getByRole('form').getByRole('textbox').fill('disk=ssd');
    await kubarium.page.keyboard.press('Enter');
    await told(kubarium, 'kubectl label node n1 disk=ssd --overwrite', 'node/n1 labeled');

    await act(kubarium, by, n1, 'Stop kubelet');
    await told(kubarium, patch({ programs: { kubelet: { state: 'Stopped' } } }), patched);
    await expect(outage(kubarium)).toContainText('The kubelet of n1 has stopped');
    await act(kubarium, by, n1, 'Start kubelet');
    await expect(outage(kubarium)).not.toContainText('kubelet');

    await act(kubarium, by, n1, 'Remove machine');
    await told(kubarium, 'kubectl delete machine n1', 'machine.sim.kubarium.dev "n1" deleted');
    await act(kubarium, by, n1, 'Delete Node');
    await told(kubarium, 'kubectl delete node n1', 'node "n1" deleted');
    await expect(n1).toHaveCount(0);
  });

  test(`pods, containers, probes and a drain by ${by}`, async ({ kubarium }) => {
    test.setTimeout(180_000);
    await runWeb(kubarium);
    const pod = kubarium.pods('web').first();
    const name = (await pod.getAttribute('data-name'))!;
    const drawn = kubarium.page.locator(`[data-kind="Pod"][data-name="${name}"]`);
    const containers = (change: object) =>
      patch({ containers: { [`default/${name}/nginx`]: change } });

    await act(kubarium, by, drawn, 'Kill container…');
    await told(kubarium, containers({ kills: 1 }), 'patched');
    await expect(drawn).toHaveAttribute('aria-label', /1 restarts/, { timeout: 30_000 });

    await act(kubarium, by, drawn, 'Fail a probe…');
    await kubarium.page.getByRole('combobox', { name: 'Probe' }).selectOption('nginx readiness');
    await kubarium.page.keyboard.press('Enter');
    await told(kubarium, containers({ failingProbes: ['readiness'] }), 'patched');
    await expect(drawn).toHaveAttribute('data-look', 'notReady');
    await act(kubarium, by, drawn, 'Mend readiness of nginx');
    await told(kubarium, containers({ failingProbes: null }), 'patched');
    await expect(drawn).toHaveAttribute('data-look', 'running');

    await act(kubarium, by, kubarium.node('n1'), 'Drain');
    await told(
      kubarium,
      'kubectl drain n1 --ignore-daemonsets --delete-emptydir-data',
      "Cannot evict pod as it would violate the pod's disruption budget.",
    );
    await expect(kubarium.node('n1')).toContainText('cordoned');
    await kubarium.page.getByRole('button', { name: 'Stop', exact: true }).click();
    await told(
      kubarium,
      'kubectl drain n1 --ignore-daemonsets --delete-emptydir-data',
      'the node stays cordoned',
    );

    await act(kubarium, by, drawn, 'Crash');
    await told(kubarium, containers({ crashes: 1 }), 'patched');
    await act(kubarium, by, drawn, 'Delete');
    await told(kubarium, `kubectl delete pod ${name}`, `pod "${name}" deleted`);
    await expect(drawn).toHaveCount(0, { timeout: 20_000 });
  });

  test(`programs, etcd and its snapshots by ${by}`, async ({ kubarium }) => {
    test.setTimeout(180_000);
    const { page } = kubarium;
    await kubarium.open();
    await kubarium.speed('5×');
    const etcd = kubarium.component('etcd');
    await act(kubarium, by, etcd, 'Save a snapshot');
    await expect(page.getByRole('status', { name: 'Last act' })).toContainText('created');

    for (const [program, words] of [
      ['kube-scheduler', 'kube-scheduler has stopped.'],
      ['kube-controller-manager', 'kube-controller-manager has stopped.'],
      ['kube-apiserver', 'Running pods go on and traffic flows'],
      ['etcd', 'etcd has stopped.'],
    ] as const) {
      const drawn = kubarium.component(program);
      await act(kubarium, by, drawn, `Stop ${program}`);
      const spec = { programs: { [program]: { state: 'Stopped' } } };
      await told(kubarium, patch(spec, 'm1'), 'machine.sim.kubarium.dev/m1 patched');
      await expect(outage(kubarium)).toContainText(words);
      await outage(kubarium).getByRole('button', { name: 'Start it again' }).click();
      await expect(outage(kubarium)).not.toContainText(words, { timeout: 20_000 });
    }

    await act(kubarium, by, kubarium.component('kube-scheduler'), 'Crash kube-scheduler');
    await told(
      kubarium,
      patch({ programs: { 'kube-scheduler': { crashes: 1 } } }, 'm1'),
      'machine.sim.kubarium.dev/m1 patched',
    );

    await act(kubarium, by, kubarium.node('n4'), 'Delete Node');
    await expect(page.locator('[data-kind="Machine"][data-name="n4"]')).toBeVisible();
    await act(kubarium, by, etcd, 'Restore a snapshot…');
    await expect(kubarium.node('n4')).toBeVisible({ timeout: 20_000 });
  });
}

test('a machine is added, from the canvas by mouse and by its key', async ({ kubarium }) => {
  const { page } = kubarium;
  await kubarium.open();
  await kubarium.speed('10×');
  const canvas = page.locator('.cluster-canvas');
  const box = (await canvas.boundingBox())!;
  await page.mouse.click(box.x + box.width - 6, box.y + box.height - 120, { button: 'right' });
  await page.getByRole('menuitem', { name: 'Add machine…' }).click();
  const form = page.getByRole('form', { name: /^Add machine/ });
  await expect(form.getByRole('textbox', { name: 'Name' })).toHaveValue('n5');
  await form.getByRole('textbox', { name: 'Zone' }).fill('zone-c');
  await form.getByRole('button', { name: 'Run' }).click();
  await told(
    kubarium,
    `echo '{"apiVersion":"sim.kubarium.dev/v1alpha1","kind":"Machine","metadata":{"name":"n5"},` +
      `"spec":{"capacity":{"cpu":"4","memory":"8Gi"},"zone":"zone-c"}}' | kubectl create -f -`,
    'machine.sim.kubarium.dev/n5 created',
  );
  await expect(kubarium.node('n5')).toHaveAttribute('data-ready', 'Ready', { timeout: 20_000 });

  await kubarium.node('n5').focus();
  await page.keyboard.press('n');
  await expect(form.getByRole('textbox', { name: 'Name' })).toHaveValue('n6');
  await page.keyboard.press('Enter');
  await expect(kubarium.node('n6')).toHaveAttribute('data-ready', 'Ready', { timeout: 20_000 });
});

test('the rail fills a disk, and keys do what they say', async ({ kubarium }) => {
  const { page } = kubarium;
  await kubarium.open();
  await kubarium.drag('n2', 'fillDisk');
  await told(kubarium, patch({ disk: { filledPercent: 97 } }, 'n2'), 'n2 patched');
  await kubarium.drag('n2', 'cutCable');
  await told(kubarium, patch({ network: 'Cut' }, 'n2'), 'n2 patched');
  await kubarium.drag('n2', 'powerOff');
  await told(kubarium, patch({ power: 'Off' }, 'n2'), 'n2 patched');

  const n3 = kubarium.node('n3');
  for (const [key, command] of [
    ['c', 'kubectl cordon n3'],
    ['c', 'kubectl uncordon n3'],
    ['f', patch({ disk: { filledPercent: 97 } }, 'n3')],
    ['f', patch({ disk: null }, 'n3')],
    ['x', patch({ network: 'Cut' }, 'n3')],
    ['x', patch({ network: 'Connected' }, 'n3')],
    ['Delete', patch({ power: 'Off' }, 'n3')],
    ['p', patch({ power: 'On' }, 'n3')],
  ] as const) {
    await n3.focus();
    await page.keyboard.press(key);
    await told(kubarium, command, 'n3');
    // The next key means what the picture shows by then.
    await expect(page.locator('.act-line.is-done')).toBeVisible();
    await expect
      .poll(() => n3.evaluate((tank) => tank.getAttribute('aria-label')))
      .toContain(labelAfter(command));
  }
});

/** What the tank of n3 says of itself after a command. */
function labelAfter(command: string): string {
  if (command.includes('"Cut"')) return 'cable cut';
  if (command.includes('"Off"')) return 'no power';
  return command === 'kubectl cordon n3' ? 'cordoned' : 'Node n3';
}

test('the line of an act copies its command and takes the act back', async ({ kubarium }) => {
  const { page } = kubarium;
  await kubarium.open();
  await act(kubarium, 'mouse', kubarium.node('n1'), 'Power off');
  await expect(kubarium.node('n1')).toHaveAttribute('data-power', 'Off');
  const line = page.getByRole('status', { name: 'Last act' });
  await line.getByRole('button', { name: 'Copy' }).click();
  await expect(line.getByRole('button', { name: 'Copied' })).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(patch({ power: 'Off' }));
  await line.getByRole('button', { name: 'Undo' }).click();
  await expect(kubarium.node('n1')).toHaveAttribute('data-power', 'On');
});

test('a refusal is told in the server’s words', async ({ kubarium }) => {
  await kubarium.open();
  await act(kubarium, 'keyboard', kubarium.node('n1'), 'Taint…');
  const form = kubarium.page.getByRole('form', { name: 'Taint: n1' });
  await form.getByRole('textbox', { name: 'Key' }).fill('not a key');
  await kubarium.page.keyboard.press('Enter');
  const line = kubarium.page.getByRole('status', { name: 'Last act' });
  await expect(line).toContainText("kubectl taint nodes n1 'not a key:NoSchedule'");
  await expect(line).toContainText('Refused: Node "n1" is invalid');
});

test('of three control planes one goes, then the quorum', async ({ kubarium }) => {
  const { page } = kubarium;
  test.setTimeout(120_000);
  await page.goto('./' + threeControlPlanes());
  await expect(kubarium.node('m3')).toBeVisible();
  const etcd = kubarium.component('etcd');
  await act(kubarium, 'mouse', etcd, 'Crash etcd on m3');
  await etcd.focus();
  await page.keyboard.press('m');
  await page.getByRole('menuitem', { name: /^Lose the member on/ }).click();
  await expect(outage(kubarium)).toContainText('The others are a majority');
  await outage(kubarium)
    .getByRole('button', { name: /^Start it on/ })
    .click();
  await expect(outage(kubarium)).toBeEmpty({ timeout: 20_000 });

  await etcd.focus();
  await page.keyboard.press('m');
  await page.getByRole('menuitem', { name: /^Lose quorum/ }).click();
  await expect(outage(kubarium)).toContainText('etcd has no quorum: 1 of 3 members are left.');
  await act(kubarium, 'mouse', kubarium.node('n1'), 'Cordon');
  await expect(page.getByRole('status', { name: 'Last act' })).toContainText('etcdserver');
  await etcd.focus();
  await page.keyboard.press('m');
  await page.getByRole('menuitem', { name: /^Start the members on/ }).click();
  await expect(outage(kubarium)).toBeEmpty({ timeout: 20_000 });
});

/** A link to a cluster of three control planes. */
function threeControlPlanes(): string {
  const machine = (name: string) => ({
    name,
    spec: {
      power: 'On',
      network: 'Connected',
      role: name.startsWith('m') ? 'control-plane' : 'worker',
      capacity: { cpu: '2', memory: '4Gi', ephemeralStorage: '100Gi', pods: 110 },
      downloadBytesPerSecond: 50 * 1024 * 1024,
    },
  });
  const machines = ['m1', 'm2', 'm3', 'n1', 'n2', 'n3', 'n4', 'n5'].map(machine);
  const cluster = { preset: 'ha', seed: 1, speed: 1, machines, manifests: '' };
  return '#v1.' + deflateRawSync(JSON.stringify(cluster)).toString('base64url');
}
