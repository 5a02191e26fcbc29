import { describe, expect, it } from 'vitest';
import type { Event } from '../../api/types';
import { eventRow, eventRows } from './events-feed';

function event(uid: string, fields: object): Event {
  return {
    apiVersion: 'v1',
    kind: 'Event',
    metadata: { uid, name: uid, creationTimestamp: '2026-01-01T00:00:01Z' },
    involvedObject: { kind: 'Pod', namespace: 'default', name: 'web-1' },
    reason: 'Pulled',
    message: 'done',
    ...fields,
  } as unknown as Event;
}

describe('events as rows', () => {
  it.each([
    ['its creation', {}, 1],
    ['its time', { eventTime: '2026-01-01T00:00:02.500000Z' }, 2.5],
    ['its last occurrence', { lastTimestamp: '2026-01-01T00:00:03Z', count: 4 }, 3],
    [
      'its series',
      {
        eventTime: '2026-01-01T00:00:02Z',
        series: { count: 7, lastObservedTime: '2026-01-01T00:00:09.000000Z' },
      },
      9,
    ],
  ])('are as old as %s', (_what, fields, seconds) => {
    expect(eventRow(event('a', fields)).atMs).toBe(Date.UTC(2026, 0, 1) + seconds * 1_000);
  });

  it('say what happened to what, and how often', () => {
    expect(
      eventRow(
        event('a', {
          type: 'Warning',
          series: { count: 7, lastObservedTime: '2026-01-01T00:00:09Z' },
        }),
      ),
    ).toEqual({
      uid: 'a',
      atMs: Date.UTC(2026, 0, 1, 0, 0, 9),
      type: 'Warning',
      reason: 'Pulled',
      kind: 'Pod',
      namespace: 'default',
      name: 'web-1',
      message: 'done',
      count: 7,
    });
  });

  it('stand newest first, of one second in the order they were made', () => {
    const all = [
      event('a', {}),
      event('b', { lastTimestamp: '2026-01-01T00:00:05Z' }),
      event('c', {}),
    ];
    expect(eventRows(all).map(({ uid }) => uid)).toEqual(['b', 'c', 'a']);
  });

  it('keep the row of an event that did not change', () => {
    const one = event('a', {});
    expect(eventRow(one)).toBe(eventRow(one));
  });
});
