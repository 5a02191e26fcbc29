import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { HttpRequest, HttpResponse } from '../../host/protocol';
import type { Transport, WatchSink } from './transport';
import { watchList } from './watch-list';

function item(uid: string, value = 0) {
  return { metadata: { uid, name: uid }, value };
}

function page(items: object[], resourceVersion: string, next?: string): HttpResponse {
  const metadata = { resourceVersion, ...(next ? { continue: next } : {}) };
  const body = JSON.stringify({ kind: 'ThingList', apiVersion: 'x/v1', metadata, items });
  return { status: 200, headers: {}, body };
}

function bench(answers: HttpResponse[]) {
  const asked: string[] = [];
  const watches: { path: string; sink: WatchSink; stop: () => void }[] = [];
  const turning: (() => void)[] = [];
  const transport: Transport = {
    onTurn: (turned) => {
      turning.push(turned);
      return () => void turning.splice(turning.indexOf(turned), 1);
    },
    request: ({ path }: HttpRequest) => {
      asked.push(path);
      return Promise.resolve(answers.shift()!);
    },
    watch: (path, sink) => {
      const stop = vi.fn<() => void>();
      watches.push({ path, sink: sink as WatchSink, stop });
      return stop;
    },
  };
  const seen: string[][] = [];
  const stop = watchList(transport, '/things', { fieldSelector: 'a=b' }, (items) => {
    const rows = [...items.values()] as unknown as { kind: string; value: number }[];
    seen.push([...items.keys()].map((uid, at) => `${rows[at]!.kind} ${uid} ${rows[at]!.value}`));
  });
  const turn = () => turning.forEach((turned) => turned());
  return { asked, watches, seen, stop, turn };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('a watched list', () => {
  it('is read anew at once when another moment is shown', async () => {
    const { watches, seen, turn } = bench([page([item('a')], '7'), page([item('b')], '3')]);
    await vi.advanceTimersByTimeAsync(200);
    turn();
    await vi.advanceTimersByTimeAsync(200);
    expect(watches[0]!.stop).toHaveBeenCalledOnce();
    expect(watches[1]!.path).toContain('resourceVersion=3');
    expect(seen).toEqual([['Thing a 0'], ['Thing b 0']]);
  });

  it('does not watch from what it was reading when the moment became another', async () => {
    const { watches, turn } = bench([page([item('a')], '7'), page([item('b')], '3')]);
    turn();
    await vi.advanceTimersByTimeAsync(200);
    expect(watches.map(({ path }) => /resourceVersion=(\d+)/.exec(path)![1])).toEqual(['3']);
  });

  it('reads page by page, watches from there and hands changes on together', async () => {
    const { asked, watches, seen } = bench([
      page([item('a')], '7', 'go on'),
      page([item('b')], '7'),
    ]);
    await vi.advanceTimersByTimeAsync(200);
    expect(asked).toEqual([
      '/things?limit=200&fieldSelector=a%3Db',
      '/things?limit=200&continue=go+on&fieldSelector=a%3Db',
    ]);
    expect(watches.map(({ path }) => path)).toEqual([
      '/things?watch=true&allowWatchBookmarks=true&resourceVersion=7&fieldSelector=a%3Db',
    ]);
    const { sink } = watches[0]!;
    const thing = (uid: string, value: number) => ({ kind: 'Thing', ...item(uid, value) });
    sink.event({ type: 'ADDED', object: thing('c', 1) });
    sink.event({ type: 'MODIFIED', object: thing('a', 2) });
    sink.event({ type: 'BOOKMARK', object: {} });
    sink.event({ type: 'DELETED', object: thing('b', 0) });
    await vi.advanceTimersByTimeAsync(200);
    expect(seen).toEqual([
      ['Thing a 0', 'Thing b 0'],
      ['Thing a 2', 'Thing c 1'],
    ]);
  });

  it('lists anew a second after the watch ended or the list failed', async () => {
    const failure = { status: 503, headers: {}, body: 'down' };
    const { asked, watches } = bench([page([], '1'), failure, page([], '9')]);
    await vi.advanceTimersByTimeAsync(10);
    watches[0]!.sink.closed();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(asked).toHaveLength(2);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(asked).toHaveLength(3);
    expect(watches[1]!.path).toContain('resourceVersion=9');
  });

  it('says and asks nothing more once it is stopped', async () => {
    const { asked, watches, seen, stop } = bench([page([item('a')], '1')]);
    await vi.advanceTimersByTimeAsync(10);
    stop();
    watches[0]!.sink.closed();
    await vi.advanceTimersByTimeAsync(5_000);
    expect(watches[0]!.stop).toHaveBeenCalledTimes(1);
    expect(asked).toHaveLength(1);
    expect(seen).toEqual([]);
  });
});
