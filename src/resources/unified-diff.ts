// Line differences in the unified format, three lines of context, as Kubernetes prints them since
// 1.34 in errors about changed specs. Upstream: apimachinery/pkg/util/diff, pmezard/go-difflib.

const CONTEXT = 3;

interface Block {
  oldStart: number;
  oldEnd: number;
  newStart: number;
  newEnd: number;
}

/** The hunks that turn `before` into `after`; empty when they are equal. Meant for short texts. */
export function unifiedDiff(before: string, after: string): string {
  const old = before.split('\n');
  const next = after.split('\n');
  return hunks(changes(old, next))
    .map((hunk) => formatHunk(hunk, old, next))
    .join('');
}

/** The stretches of lines that differ, in order. */
function changes(old: readonly string[], next: readonly string[]): Block[] {
  let head = 0;
  while (head < old.length && head < next.length && old[head] === next[head]) head++;
  let oldEnd = old.length;
  let newEnd = next.length;
  while (oldEnd > head && newEnd > head && old[oldEnd - 1] === next[newEnd - 1]) {
    oldEnd--;
    newEnd--;
  }
  if (head === oldEnd && head === newEnd) return [];
  const match = longestMatch(old, next, { oldStart: head, oldEnd, newStart: head, newEnd });
  if (match.length === 0) return [{ oldStart: head, oldEnd, newStart: head, newEnd }];
  const left = changes(old.slice(head, match.old), next.slice(head, match.next));
  const right = changes(
    old.slice(match.old + match.length, oldEnd),
    next.slice(match.next + match.length, newEnd),
  );
  return [
    ...left.map((block) => shift(block, head, head)),
    ...right.map((block) => shift(block, match.old + match.length, match.next + match.length)),
  ];
}

function shift(block: Block, old: number, next: number): Block {
  return {
    oldStart: block.oldStart + old,
    oldEnd: block.oldEnd + old,
    newStart: block.newStart + next,
    newEnd: block.newEnd + next,
  };
}

function longestMatch(
  old: readonly string[],
  next: readonly string[],
  { oldStart, oldEnd, newStart, newEnd }: Block,
): { old: number; next: number; length: number } {
  const places = new Map<string, number[]>();
  for (let index = newStart; index < newEnd; index++) {
    const list = places.get(next[index]);
    if (list) list.push(index);
    else places.set(next[index], [index]);
  }
  let best = { old: oldStart, next: newStart, length: 0 };
  let runs = new Map<number, number>();
  for (let index = oldStart; index < oldEnd; index++) {
    const longer = new Map<number, number>();
    for (const place of places.get(old[index]) ?? []) {
      const length = (runs.get(place - 1) ?? 0) + 1;
      longer.set(place, length);
      if (length > best.length)
        best = { old: index - length + 1, next: place - length + 1, length };
    }
    runs = longer;
  }
  return best;
}

/** Changes that are near each other share a hunk. */
function hunks(blocks: readonly Block[]): Block[][] {
  const groups: Block[][] = [];
  for (const block of blocks) {
    const group = groups[groups.length - 1];
    const last = group?.[group.length - 1];
    if (last && block.oldStart - last.oldEnd <= 2 * CONTEXT) group.push(block);
    else groups.push([block]);
  }
  return groups;
}

function formatHunk(
  blocks: readonly Block[],
  old: readonly string[],
  next: readonly string[],
): string {
  const first = blocks[0];
  const last = blocks[blocks.length - 1];
  const lead = Math.min(CONTEXT, first.oldStart);
  const trail = Math.min(CONTEXT, old.length - last.oldEnd);
  const oldRange = formatRange(first.oldStart - lead, last.oldEnd + trail);
  const newRange = formatRange(first.newStart - lead, last.newEnd + trail);
  const lines = [`@@ -${oldRange} +${newRange} @@`];
  let position = first.oldStart - lead;
  for (const { oldStart, oldEnd, newStart, newEnd } of blocks) {
    for (; position < oldStart; position++) lines.push(' ' + old[position]);
    for (; position < oldEnd; position++) lines.push('-' + old[position]);
    for (let index = newStart; index < newEnd; index++) lines.push('+' + next[index]);
  }
  for (; position < last.oldEnd + trail; position++) lines.push(' ' + old[position]);
  return lines.join('\n') + '\n';
}

function formatRange(start: number, end: number): string {
  const length = end - start;
  if (length === 1) return String(start + 1);
  return length === 0 ? `${start},0` : `${start + 1},${length}`;
}
