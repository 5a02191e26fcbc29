// The page as a person uses it. Every journey goes through here: it opens the address, watches the
// console and the network, and knows how things on the canvas are called.
import { test as base, expect } from '@playwright/test';
import type { BrowserContext, Locator, Page } from '@playwright/test';

interface Fixtures {
  kubarium: Kubarium;
  /** Whether the person has never been here: the welcome comes. */
  firstVisit: boolean;
}

/** A test with a page that must stay silent: no console message, no request to anywhere else. */
export const test = base.extend<Fixtures>({
  firstVisit: [false, { option: true }],
  kubarium: async ({ page, context, baseURL, firstVisit }, use) => {
    const heard = listen(page);
    const requests = strangers(context, new URL(baseURL!).host);
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    if (!firstVisit) await page.addInitScript(hasBeenHere);
    await use(new Kubarium(page));
    expect(heard, 'console messages and errors').toEqual([]);
    expect(requests, 'requests to elsewhere').toEqual([]);
  },
});

export { expect };

/** Runs in the page, before it: who has been here is not welcomed again. */
function hasBeenHere(): void {
  const key = 'kubarium.preferences';
  try {
    localStorage.setItem(key, localStorage.getItem(key) ?? '{"welcomed":true}');
  } catch {
    // A page that may keep nothing, such as about:blank.
  }
}

/** Everything that the page says on the console, and every error nobody caught. */
export function listen(page: Page): string[] {
  const heard: string[] = [];
  page.on('console', (message) => heard.push(`${message.type()}: ${message.text()}`));
  page.on('pageerror', (error) => heard.push(`error: ${error.message}`));
  return heard;
}

/** Every request of every page and worker that goes to another host. */
function strangers(context: BrowserContext, host: string): string[] {
  const found: string[] = [];
  context.on('request', (request) => {
    const url = new URL(request.url());
    const isLocal = url.protocol === 'data:' || url.protocol === 'blob:';
    if (!isLocal && url.host !== host) found.push(request.url());
  });
  return found;
}

const mod = process.platform === 'darwin' ? 'Meta' : 'Control';

export class Kubarium {
  readonly report: Locator;
  readonly inspector: Locator;

  constructor(readonly page: Page) {
    this.report = page.getByRole('status', { name: 'What became of it' });
    this.inspector = page.locator('.inspector');
  }

  /** Opens an address and waits until the cluster is drawn and alive. */
  async open(address = './'): Promise<void> {
    await this.page.goto(address);
    await expect(this.node('n4')).toBeVisible();
  }

  /** Puts a text into the editor in place of what is there, as a paste does. */
  async paste(text: string): Promise<void> {
    await this.codeEditor().locator('.view-line').first().click();
    await this.page.keyboard.press(`${mod}+A`);
    await this.page.evaluate((value) => navigator.clipboard.writeText(value), text);
    await this.page.keyboard.press(`${mod}+V`);
    await expect.poll(() => this.text()).toBe(text);
  }

  /** Changes a part of the text in the editor. */
  async edit(from: string, to: string): Promise<void> {
    await expect(this.codeEditor()).toBeVisible();
    const text = (await this.text()) ?? '';
    expect(text).toContain(from);
    await this.paste(text.replace(from, to));
  }

  codeEditor(): Locator {
    return this.page.locator('.monaco-editor').first();
  }

  /** The text of the editor as it is kept for the next visit. */
  async text(): Promise<string | null> {
    return await this.page.evaluate(() => {
      const draft = localStorage.getItem('kubarium.draft.own');
      return draft === null ? null : (JSON.parse(draft) as { text: string }).text;
    });
  }

  async apply(): Promise<void> {
    await this.page.getByRole('button', { name: 'Apply', exact: true }).click();
  }

  async press(keys: string): Promise<void> {
    await this.page.keyboard.press(keys.replace('Mod', mod));
  }

  async speed(speed: string): Promise<void> {
    await this.page.getByRole('button', { name: /^Speed/ }).click();
    await this.page.getByRole('menuitemradio', { name: speed, exact: true }).click();
  }

  /** The pods of an app, or only those that look so: 'running', 'pending', 'creating', ... */
  pods(app: string, look?: string): Locator {
    const looking = look === undefined ? '' : `[data-look="${look}"]`;
    return this.page.locator(`[data-kind="Pod"][data-name^="${app}-"]${looking}`);
  }

  node(name: string): Locator {
    return this.page.locator(`[data-kind="Node"][data-name="${name}"]`);
  }

  /** The pods of an app on a node. */
  podsOn(app: string, node: string): Locator {
    return this.page.locator(`[data-kind="Pod"][data-name^="${app}-"][data-node="${node}"]`);
  }

  component(name: string): Locator {
    return this.page.locator(`[data-kind="Component"][data-name="${name}"]`);
  }

  /** Takes a node by its header with the mouse, to a target of the rail. */
  async drag(node: string, target: string): Promise<void> {
    const header = await this.node(node).locator('.tank-head').boundingBox();
    const from = { x: header!.x + 20, y: header!.y + 12 };
    await this.page.mouse.move(from.x, from.y);
    await this.page.mouse.down();
    await this.page.mouse.move(from.x + 20, from.y + 40, { steps: 4 });
    const place = this.page.locator(`[data-drop="${target}"]`);
    await expect(place).toBeVisible();
    const box = await place.boundingBox();
    await this.page.mouse.move(box!.x + box!.width / 2, box!.y + box!.height / 2, { steps: 8 });
    await expect(place).toHaveAttribute('aria-selected', 'true');
    await this.page.mouse.up();
  }
}
