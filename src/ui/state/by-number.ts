/** Orders names, numbers in them as numbers: n2 before n10. */
export function byNumber(a: string, b: string): number {
  return a.localeCompare(b, 'en', { numeric: true });
}
