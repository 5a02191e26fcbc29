// axe at the states of a journey. It is put into a page once and asked there.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type axeCore from 'axe-core';
import { expect } from './page';
import type { Kubarium } from './page';

const { resolve } = createRequire(import.meta.url);
const axeSource = readFileSync(resolve('axe-core/axe.min.js'), 'utf8');

/**
 * Looks at the states of one journey, each in both themes: all rules in the light one, colours
 * alone in the dark one, since nothing else differs. Where only a part is new, only that part is
 * looked at. What is found is said at the end, all at once.
 */
export class Look {
  private readonly found: string[] = [];

  constructor(private readonly kubarium: Kubarium) {}

  async at(state: string, part = 'html'): Promise<void> {
    const { page } = this.kubarium;
    await this.find(state, part);
    await page.emulateMedia({ colorScheme: 'dark' });
    await this.find(`${state}, dark`, part, 'color-contrast');
    await page.emulateMedia({ colorScheme: 'light' });
  }

  end(): void {
    expect(this.found).toEqual([]);
  }

  /** Asks axe in the page, where it stays until another page is opened. */
  private async find(state: string, part: string, rule?: string): Promise<void> {
    const { page } = this.kubarium;
    const isThere = await page.evaluate(() => 'axe' in globalThis);
    if (!isThere) await page.evaluate(axeSource);
    const violations = await page.evaluate(violationsOf, { part, rule });
    this.found.push(...violations.map((violation) => `${state}: ${violation}`));
  }
}

/** Runs in the page: what axe finds wrong below a part, by one rule or by all. */
async function violationsOf({ part, rule }: { part: string; rule?: string }): Promise<string[]> {
  // What is still on its way in has not its colours yet; water never comes to rest.
  await Promise.allSettled(
    document
      .getAnimations()
      .filter(({ effect }) => effect?.getComputedTiming().iterations !== Infinity)
      .map(({ finished }) => finished),
  );
  const { axe } = globalThis as unknown as { axe: typeof axeCore };
  const { violations } = await axe.run(part, {
    // Nothing but what is wrong is told in full.
    resultTypes: ['violations'],
    ...(rule && { runOnly: { type: 'rule', values: [rule] } }),
  });
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target }) => `${id}: ${target.join(' ')}`),
  );
}
