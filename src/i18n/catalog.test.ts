import { afterEach, describe, expect, it } from 'vitest';
import { catalog, speak } from './catalog';
import { english } from './en/english';
import { simplified } from './zh-hans/simplified';
import { traditional } from './zh-hant/traditional';

afterEach(() => speak(english));

describe('the catalog', () => {
  it('speaks English first', () => {
    expect(catalog).toEqual(english);
  });

  it('changes the words under those who hold a branch of it', () => {
    const { editor } = catalog.page;
    speak(traditional);
    expect(editor).toEqual(traditional.page.editor);
    expect(english.page.editor.apply).toBe('Apply');
  });

  it.each([
    ['zh-Hant', traditional],
    ['zh-Hans', simplified],
  ])('has in %s just what it has in English', (_, words) => {
    expect(shapeOf(words)).toEqual(shapeOf(english));
  });
});

/** Every path to a text or a function. */
function shapeOf(tree: object, path = ''): string[] {
  return Object.entries(tree).flatMap(([key, value]) =>
    typeof value === 'object' && value !== null
      ? shapeOf(value as object, `${path}/${key}`)
      : [`${path}/${key}: ${typeof value}`],
  );
}
