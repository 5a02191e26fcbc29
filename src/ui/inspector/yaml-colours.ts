// Colours for YAML that is only read: keys, words and numbers, line by line.

export interface Coloured {
  text: string;
  as: '' | 'k' | 's' | 'n';
}

/** The parts of a line of plain block YAML, as the writer makes it. */
export function colourLine(line: string): Coloured[] {
  const match = /^(\s*(?:- )*)((?:"[^"]*"|'[^']*'|[^\s:"'#][^:]*?)(?=:(?:\s|$)))?(:?\s*)(.*)$/.exec(
    line,
  );
  if (!match) return [{ text: line, as: '' }];
  const [, indent = '', key = '', colon = '', value = ''] = match;
  const parts: Coloured[] = [
    { text: indent, as: '' },
    { text: key, as: 'k' },
    { text: colon, as: '' },
    { text: value, as: valueColour(value) },
  ];
  return parts.filter(({ text }) => text !== '');
}

function valueColour(value: string): Coloured['as'] {
  if (/^[|>][-+]?$/.test(value) || /^[{[]\s*[}\]]$/.test(value)) return '';
  return /^(-?[\d.]+|true|false|null)$/.test(value) ? 'n' : 's';
}
