import { afterEach, describe, expect, it } from 'vitest';
import { catalog, speak, wordsOf } from './catalog';
import { english } from './en/english';
import { first } from './en/first';
import { simplified } from './zh-hans/simplified';
import { traditional } from './zh-hant/traditional';

afterEach(() => speak());

describe('the catalog', () => {
  it('speaks English first', () => {
    expect(catalog).toMatchObject(first);
    expect(catalog.page).toEqual(english.page);
  });

  it('changes the words under those who hold a branch of it', () => {
    const { editor } = catalog.page;
    speak(traditional);
    expect(editor).toEqual(traditional.page.editor);
    expect(english.page.editor.apply).toBe('Apply');
  });

  it('holds the words of a part that comes later in the language of the moment', () => {
    const early = wordsOf('walk', english.walk);
    expect(early.next).toBe('Next');
    speak(traditional);
    const late = wordsOf('welcome', english.welcome);
    expect(late.close).toBe(traditional.welcome.close);
    expect(early.next).toBe(traditional.walk.next);
    speak();
    expect(late).toEqual(english.welcome);
    expect(early).toEqual(english.walk);
    expect(wordsOf('walk', english.walk)).toBe(early);
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
  return Object.entries(tree)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([key, value]) =>
      typeof value === 'object' && value !== null
        ? shapeOf(value as object, `${path}/${key}`)
        : [`${path}/${key}: ${typeof value}`],
    );
}
