/** A count as people read it, its thousands apart by a narrow space. */
export function grouped(n: number): string {
  return String(n).replace(/\B(?=(\d{3})+$)/g, '\u202f');
}
