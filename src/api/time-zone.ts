// Time zones of the IANA database, by name, as offsets from UTC at a given time. The rules are
// those of the machine's own Intl, the one place where the engine asks it: what it answers depends
// on the zone and the time given alone, but for news in the database. UTC itself asks nobody.

/** The difference between a zone's clocks and UTC. */
export interface TimeZone {
  readonly name: string;
  /** Ms that the zone's clocks are ahead at that time, in ms since the epoch. */
  offsetMs(ms: number): number;
}

export const utc: TimeZone = { name: 'UTC', offsetMs: () => 0 };

const known = new Map<string, TimeZone | undefined>([
  ['', utc],
  ['UTC', utc],
]);

/** The zone of that name; undefined when the database has none, as for other spellings of case. */
export function findTimeZone(name: string): TimeZone | undefined {
  if (!known.has(name)) known.set(name, load(name));
  return known.get(name);
}

/** The time at which the zone's clocks show what UTC's show at `localMs`. */
export function fromLocalMs(zone: TimeZone, localMs: number): number {
  const guess = localMs - zone.offsetMs(localMs);
  return localMs - zone.offsetMs(guess);
}

const HOUR_MS = 3_600_000;
/** Zones change their offset at whole quarters of an hour. */
const QUARTER_MS = HOUR_MS / 4;
const KEPT_OFFSETS = 512;

function load(name: string): TimeZone | undefined {
  const format = formatterOf(name);
  if (!format) return undefined;
  const offsets = new Map<number, number>();
  return {
    name,
    offsetMs(ms) {
      const quarter = Math.floor(ms / QUARTER_MS);
      let offset = offsets.get(quarter);
      if (offset === undefined) {
        offset = offsetIn(format, quarter * QUARTER_MS);
        if (offsets.size >= KEPT_OFFSETS) offsets.clear();
        offsets.set(quarter, offset);
      }
      return offset;
    },
  };
}

function formatterOf(name: string): Intl.DateTimeFormat | undefined {
  // Intl takes any case and offsets such as '+0100'; the database's own names begin so.
  if (!/^[A-Z][\w+-]*(?:\/[A-Z][\w+-]*)*$/.test(name)) return undefined;
  try {
    const format = new Intl.DateTimeFormat('en-US', {
      timeZone: name,
      timeZoneName: 'longOffset',
    });
    const { timeZone } = format.resolvedOptions();
    const isOtherCase = timeZone !== name && timeZone.toLowerCase() === name.toLowerCase();
    return isOtherCase ? undefined : format;
  } catch {
    return undefined;
  }
}

function offsetIn(format: Intl.DateTimeFormat, ms: number): number {
  const part = format.formatToParts(ms).find(({ type }) => type === 'timeZoneName')!;
  const match = /^GMT([+-])(\d\d):(\d\d)(?::(\d\d))?$/.exec(part.value);
  if (!match) return 0;
  const [, sign, hours, minutes, seconds = '0'] = match;
  const total = Number(hours) * HOUR_MS + Number(minutes) * 60_000 + Number(seconds) * 1000;
  return sign === '-' ? -total : total;
}
