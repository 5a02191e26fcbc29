// The states of which pictures are taken, each with the way into it. Names are those of the visual
// reference where it has one.

import { busy, pending, shop, troubled } from './manifests.mjs';

export const states = [
  { name: 'main-light', prepare: rollout },
  { name: 'main-dark', theme: 'dark', prepare: rollout },
  { name: 'welcome', isFirstVisit: true, prepare: (page) => settle(page, 2_500) },
  { name: 'inspector-pending', prepare: inspectPending },
  { name: 'apiserver-down', prepare: apiServerDown },
  { name: 'be-the-scheduler', prepare: beTheScheduler },
  { name: 'ownership', prepare: (page) => view(page, 1) },
  { name: 'scheduler', prepare: schedulerView },
  { name: 'nodes-100', path: '?preset=nodes-100', prepare: (page) => settle(page, 4_000) },
  { name: 'nodes-500', path: '?preset=nodes-500&pods=10000', theme: 'dark', prepare: rackLost },
  { name: 'nodes-5000', path: '?preset=nodes-5000', prepare: (page) => settle(page, 12_000) },
  { name: 'high-availability', path: '?preset=ha', prepare: (page) => settle(page, 4_000) },
  { name: 'node-lost', prepare: nodeLost },
  { name: 'the-past', prepare: thePast },
  { name: 'zh-hant-dark', theme: 'dark', locale: 'zh-TW', prepare: rollout },
  { name: 'zh-hans', locale: 'zh-CN', prepare: rollout },
  { name: 'phone', size: [390, 844], prepare: calm },
  { name: 'phone-dark', size: [390, 844], theme: 'dark', prepare: calm },
  { name: 'embed-light', path: '?embed=1', size: [760, 460], prepare: calm },
  { name: 'medium', size: [980, 760], prepare: calm },
];

/** Nothing but the cluster itself. */
function calm(page) {
  return settle(page, 3_000);
}

function settle(page, ms) {
  return page.waitForTimeout(ms);
}

/** Puts a text into the editor and applies it. */
async function apply(page, text) {
  const editor = page.locator('.monaco-editor').first();
  await editor.waitFor();
  await editor.click();
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.insertText(text);
  await page.keyboard.press('ControlOrMeta+Enter');
  await page.locator('.report').waitFor();
}

/** The middle of a rolling update. */
async function rollout(page) {
  await apply(page, shop);
  await page.locator('[data-name^="web-"][data-look="running"]').nth(5).waitFor();
  await apply(page, shop.replace('nginx:1.27', 'nginx:1.28'));
  await settle(page, 3_500);
}

async function inspectPending(page) {
  await apply(page, pending);
  await page.locator('[data-kind="Pod"][data-name="train"]').click();
  await settle(page, 2_000);
}

async function apiServerDown(page) {
  await apply(page, shop);
  await page.locator('[data-name^="web-"][data-look="running"]').nth(5).waitFor();
  await page.locator('[data-kind="Component"][data-name="kube-apiserver"]').first().focus();
  await page.keyboard.press('s');
  await settle(page, 4_000);
}

async function view(page, at) {
  await apply(page, busy);
  await page.locator('.view-tabs button').nth(at).click();
  await settle(page, 9_000);
}

async function schedulerView(page) {
  await apply(page, `${shop}---\n${pending}`);
  await page.locator('.view-tabs button').nth(2).click();
  await page.locator('.sched-queue button', { hasText: 'train' }).first().click();
  await settle(page, 2_000);
}

async function beTheScheduler(page) {
  await apply(page, shop);
  await page.locator('[data-name^="web-"][data-look="running"]').nth(5).waitFor();
  await page.locator('.view-tabs button').nth(2).click();
  await page.locator('.scheduling .view-bar > .btn').click();
  await page.locator('.game').waitFor();
  await apply(page, busy);
  const piece = page.locator('.game-slot').first();
  await piece.waitFor();
  await settle(page, 2_000);
  const from = await piece.boundingBox();
  const to = await page.locator('[data-game-node="n2"]').boundingBox();
  await page.mouse.move(from.x + 40, from.y + 40);
  await page.mouse.down();
  await page.mouse.move(to.x + 60, to.y + 120, { steps: 6 });
  await settle(page, 1_000);
}

async function nodeLost(page) {
  await apply(page, shop);
  await page.locator('[data-name^="web-"][data-look="running"]').nth(5).waitFor();
  await page.locator('[data-kind="Node"][data-name="n3"]').focus();
  await page.keyboard.press('p');
  await page.locator('[data-name="n3"][data-ready="Unknown"]').waitFor();
  await settle(page, 1_500);
}

/** Five hundred nodes, some pods in trouble, a rack without power, and the panel of it all. */
async function rackLost(page) {
  await page.locator('.crowd-canvas').waitFor();
  await apply(page, troubled);
  await page.locator('.crowd-head[data-name="zone-b"]').click();
  await page.locator('.parts button', { hasText: 'b-09' }).click();
  await page.getByRole('button', { name: 'Actions' }).click();
  await page.getByRole('menuitem', { name: /^Power off/ }).click();
  await page.getByRole('button', { name: /^Speed/ }).click();
  await page.getByRole('menuitemradio', { name: '10×', exact: true }).click();
  await page.locator('.hud-summary').click();
  await page.getByText(/12 of 167 nodes/).waitFor();
  await page.getByRole('button', { name: /^Speed/ }).click();
  await page.getByRole('menuitemradio', { name: '1×', exact: true }).click();
  await page.mouse.move(700, 500);
  await settle(page, 2_500);
}

async function thePast(page) {
  await rollout(page);
  const slider = page.getByRole('slider').first();
  await slider.focus();
  for (let step = 0; step < 12; step += 1) await page.keyboard.press('ArrowLeft');
  await settle(page, 1_500);
}
