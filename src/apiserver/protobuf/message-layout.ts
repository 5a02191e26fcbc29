// The layout of a message: which field each number is. Read from the table once, when first asked.
import { definitionFieldNumbers } from './definition-field-numbers';
import { fieldNumbers } from './field-numbers';
import type { SchemaUnion } from './schema-union';

export interface MessageField {
  /** The JSON name; of an inline message, the name of its row. */
  readonly name: string;
  /** Its zero differs from its absence. */
  readonly isPointer: boolean;
  /** A message whose fields JSON shows as those of the type around it. */
  readonly isInline: boolean;
  /** What it holds besides a schema, if it is such a field. */
  readonly union: SchemaUnion | undefined;
}

export type MessageLayout = ReadonlyMap<number, MessageField>;

const layouts = new Map<string, MessageLayout>();

/** Throws RangeError when the type has no encoding. */
export function messageLayout(rowName: string): MessageLayout {
  let layout = layouts.get(rowName);
  if (!layout) {
    layout = parseLayout(rowName);
    layouts.set(rowName, layout);
  }
  return layout;
}

function parseLayout(rowName: string): MessageLayout {
  const words = fieldNumbers.get(rowName)?.fields ?? definitionFieldNumbers.get(rowName);
  if (!words) throw new RangeError(`no encoding of ${rowName} is known`);
  const layout = new Map<number, MessageField>();
  let number = 0;
  for (const word of words) {
    const [, plus, name, union, star, at] = /^(\+?)([\w$-]+)(?:\|(\w+))?(\*?)(?:@(\d+))?$/.exec(
      word,
    )!;
    number = at === undefined ? number + 1 : Number(at);
    layout.set(number, {
      name,
      isPointer: star !== '',
      isInline: plus !== '',
      union: union as SchemaUnion | undefined,
    });
  }
  return layout;
}
