import { describe, expect, test } from 'vitest';
import { insideRoom, type InsideInput } from './inside-room';
import type { PodVolume } from './pod-volumes';
import type { Vessel, VesselProbe } from './vessels';

const vessel = (name: string, part: Partial<Vessel> = {}): Vessel => ({
  name,
  role: 'app',
  look: 'running',
  tone: 'run',
  reason: '',
  message: '',
  last: '',
  exitCode: undefined,
  image: 'nginx:1.27',
  restarts: 0,
  probes: [],
  mounts: [],
  ...part,
});

const volume = (name: string, path = '/data'): PodVolume => ({
  name,
  mark: 'empty',
  type: 'emptyDir',
  source: '',
  mounts: [{ container: 'nginx', path, isReadOnly: false }],
  isGiven: false,
});

const probe = (kind: VesselProbe['kind']): VesselProbe => ({
  kind,
  result: 'passed',
  asks: 'http-get :80/',
  periodSeconds: 10,
  said: '',
});

const room = (part: Partial<InsideInput>) =>
  insideRoom({
    w: 122,
    least: 54,
    most: 54,
    nameLength: 9,
    addressLength: 10,
    vessels: [vessel('nginx')],
    volumes: [],
    ...part,
  });

/** A tile at 160%, a grown one, a wide one that has grown, and one of a crowded tank. */
const frames = [
  { w: 122, least: 54, most: 54 },
  { w: 122, least: 54, most: 174 },
  { w: 230, least: 103, most: 330 },
  { w: 80, least: 36, most: 36 },
  { w: 304, least: 40, most: 40 },
];

describe.each(frames)('an inside of $w by $most', (frame) => {
  test.each([1, 2, 3, 5, 12])('%d containers and their volumes lie in it', (count) => {
    const vessels = Array.from({ length: count }, (_, i) =>
      vessel(`container-${i}`, {
        probes: [probe('startup'), probe('readiness'), probe('liveness')],
        mounts: [{ volume: 'data', path: '/usr/share/nginx/html', isReadOnly: false }],
        reason: i === 0 ? 'CrashLoopBackOff' : '',
      }),
    );
    const volumes = [volume('data'), volume('settings'), volume('kube-root-certificates')];
    const {
      h,
      vessels: places,
      hiddenVessels,
      chips,
      shelfY,
    } = room({ ...frame, vessels, volumes });
    expect(h).toBeGreaterThanOrEqual(frame.least);
    expect(h).toBeLessThanOrEqual(frame.most);
    expect(places.length).toBeGreaterThan(0);
    expect(places.length + hiddenVessels).toBe(count);
    for (const { x, y, w, h: height, lines } of places) {
      expect(x + w).toBeLessThanOrEqual(frame.w - 5);
      expect(y + height).toBeLessThanOrEqual(chips.length > 0 ? shelfY : h);
      expect(lines.length * 12).toBeLessThan(height);
      expect(lines[0]!.kind).toBe('title');
    }
    for (const chip of chips) expect(chip.x + chip.w).toBeLessThanOrEqual(frame.w - 5);
  });
});

describe('the inside of a pod', () => {
  test('shows container and volumes in a tile at 160 %', () => {
    const { vessels, chips, hiddenVessels, hiddenChips } = room({ volumes: [volume('data')] });
    expect([vessels.length, hiddenVessels]).toEqual([1, 0]);
    expect([chips.map(({ text }) => text), hiddenChips]).toEqual([['data /data'], 0]);
  });

  test('grows no more than it needs', () => {
    const { h } = room({ most: 174 });
    expect(h).toBe(17 + 12 + 2 * 12 + 3 + 4);
  });

  test('says first why a container does not run, then its image, probes and mounts', () => {
    const full = vessel('nginx', {
      reason: 'CrashLoopBackOff',
      last: 'Error, 1',
      probes: [probe('readiness')],
      mounts: [{ volume: 'data', path: '/data', isReadOnly: false }],
    });
    const kinds = (most: number) =>
      room({ w: 230, most, vessels: [full] }).vessels[0]!.lines.map(({ kind }) => kind);
    expect(kinds(50)).toEqual(['title', 'reason']);
    expect(kinds(120)).toEqual(['title', 'reason', 'image', 'probes', 'last', 'mount']);
  });

  test('an image stands beside its container where there is no line for it', () => {
    const [title] = room({ w: 230, addressLength: 0 }).vessels[0]!.lines.slice(0, 1);
    expect(title).toEqual({ kind: 'title', hasPips: true, image: '' });
    const low = room({ w: 230, most: 36, least: 36 }).vessels[0]!.lines;
    expect(low).toEqual([{ kind: 'title', hasPips: true, image: 'nginx:1.27' }]);
  });

  test('its address stands beside the name, below it, or nowhere', () => {
    expect(room({ w: 230 }).address).toBe('beside');
    expect(room({ most: 174 }).address).toBe('below');
    expect(room({}).address).toBe('none');
    expect(room({ w: 230, addressLength: 0 }).address).toBe('none');
  });

  test('lines run from vessels to what they mount, not to what every pod is given', () => {
    const mounts = [
      { volume: 'data', path: '/data', isReadOnly: false },
      { volume: 'token', path: '/var/run', isReadOnly: true },
    ];
    const volumes = [volume('data'), { ...volume('token'), isGiven: true }];
    const wide = { w: 230, least: 103, most: 330, volumes };
    expect(room({ ...wide, vessels: [vessel('nginx', { mounts })] }).wires).toHaveLength(1);
    expect(room({ ...wide, vessels: [vessel('nginx')] }).wires).toEqual([]);
  });

  test('nothing is known yet: it is as high as its tile', () => {
    expect(room({ vessels: [] })).toMatchObject({ h: 54, vessels: [], chips: [], wires: [] });
  });
});
