// Numbers with their nouns in English.
const plurals = new Intl.PluralRules('en');
const numbers = new Intl.NumberFormat('en');

/** '1 pod', '1,200 pods'. */
export function counted(n: number, one: string, other: string): string {
  return `${numbers.format(n)} ${plurals.select(n) === 'one' ? one : other}`;
}
