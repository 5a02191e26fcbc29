import { describe, expect, it } from 'vitest';
import { LineFeed } from './line-feed';

/** A pacing whose clock moves by 1 ms a look, so that a slice holds about three lines. */
function slow() {
  let nowMs = 0;
  const tasks: (() => void)[] = [];
  const pacing = { later: (run: () => void) => tasks.push(run), nowMs: () => nowMs++ };
  return { pacing, tasks };
}

describe('a feed of lines', () => {
  it('hands on a burst in slices and keeps the order', () => {
    const { pacing, tasks } = slow();
    const lines: string[] = [];
    const feed = new LineFeed(
      (line) => lines.push(line),
      () => lines.push('end'),
      pacing,
    );
    feed.push('1\n2\n3\n4\n5\n6\n7\n8');
    feed.push('8\n');
    feed.end();
    const first = lines.length;
    while (tasks.length > 0) tasks.shift()!();
    expect(first).toBeLessThan(8);
    expect(lines).toEqual(['1', '2', '3', '4', '5', '6', '7', '88', 'end']);
  });

  it('says nothing more once it is dropped', () => {
    const { pacing, tasks } = slow();
    const lines: string[] = [];
    const feed = new LineFeed(
      (line) => lines.push(line),
      () => lines.push('end'),
      pacing,
    );
    feed.push('1\n2\n3\n4\n5\n6\n7\n8\n');
    const before = [...lines];
    feed.end();
    feed.drop();
    while (tasks.length > 0) tasks.shift()!();
    expect(lines).toEqual(before);
  });
});
