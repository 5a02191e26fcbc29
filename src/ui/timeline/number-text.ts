// Numbers as the language of the page writes them.
const formats = new Map<string, Intl.NumberFormat>();

/** '12,000'; short for an axis: '12K' in English, '1.2萬' in Chinese. */
export function numberText(count: number, isShort = false): string {
  const { lang } = document.documentElement;
  const notation = isShort ? 'compact' : 'standard';
  const key = `${lang} ${notation}`;
  let format = formats.get(key);
  if (!format) formats.set(key, (format = new Intl.NumberFormat(lang || 'en', { notation })));
  return format.format(count);
}
