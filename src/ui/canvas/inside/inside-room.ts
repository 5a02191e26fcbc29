// What of a pod's inside there is room for, and where it stands, in pixels of the screen:
// containers as vessels under the name, side by side where they are wide enough, volumes on a shelf
// at the bottom, dotted lines from one to the other where there is room between. Text is measured,
// never
// estimated: all of it is in the mono face, whose letters are all as wide.
import { shortPath } from '../api-stages';
import type { PodVolume } from './pod-volumes';
import { shortImage, type Vessel } from './vessels';

/** Advance of a letter at 10 px, and at the 11 px of the name. */
const charW = 6;
const nameCharW = 6.6;
const left = 13;
const right = 5;
const bottom = 3;
const headH = 17;
const lineH = 12;
const vesselPad = 3;
const vesselGap = 4;
/** A vessel says all in whole words from the first width on; below the second it cuts them. */
const vesselWidths = [132, 84] as const;
/** Lines that the first of them is worth. */
const linesWorth = 3;
/** Only a mark. */
const markW = 15;
const shelfH = 14;
/** Between vessels and shelf where lines run from one to the other, and where none do. */
const wireGap = 13;
const shelfGap = 3;

/** From these heights there is room for the shelf, for lines to it, for a second line of head. */
const shelfFrom = 52;
const wiresFrom = 92;
const secondLineFrom = 84;

export type VesselLine =
  | { kind: 'title'; hasPips: boolean; image: string }
  | { kind: 'reason' }
  | { kind: 'image' }
  | { kind: 'probes'; inWords: boolean }
  | { kind: 'last' }
  /** Its volume is named where there is room. */
  | { kind: 'mount'; at: number; text: string; volume: string };

export interface VesselPlace {
  x: number;
  y: number;
  w: number;
  h: number;
  lines: readonly VesselLine[];
}

export interface ChipPlace {
  x: number;
  w: number;
  /** '' where only the mark is shown. */
  text: string;
}

export interface InsideRoom {
  /** How high it is. */
  h: number;
  /** Whether the address stands at the right of the name, below it, or nowhere. */
  address: 'beside' | 'below' | 'none';
  vessels: readonly VesselPlace[];
  /** Containers without a vessel. */
  hiddenVessels: number;
  shelfY: number;
  chips: readonly ChipPlace[];
  hiddenChips: number;
  /** From vessels to what they mount. */
  wires: readonly string[];
}

export interface InsideInput {
  w: number;
  /** Height of the tile, and the most that it can grow to. */
  least: number;
  most: number;
  /** Letters of the pod's name and of its address. */
  nameLength: number;
  addressLength: number;
  vessels: readonly Vessel[];
  volumes: readonly PodVolume[];
}

/** Places the inside of a pod; it takes no more height than it needs. */
export function insideRoom(input: InsideInput): InsideRoom {
  const { w, least, most, vessels, volumes } = input;
  const address = addressPlace(input);
  const top = address === 'below' ? headH + lineH : headH;
  const hasShelf = volumes.length > 0 && most >= shelfFrom;
  const hasWires = hasShelf && most >= wiresFrom && volumes.some(({ isGiven }) => !isGiven);
  const belowOf = (gap: number) => (hasShelf ? gap + shelfH + bottom : bottom + 1);
  const below = belowOf(hasWires ? wireGap : shelfGap);
  const area = { w: w - left - right, y: top, h: most - below - top };
  const places = vesselPlaces(vessels, volumes, area);
  const end = Math.max(top, ...places.map(({ y, h }) => y + h));
  const isRow = places.every(({ y }) => y === places[0]?.y);
  const h = Math.max(least, end + (isRow ? below : belowOf(shelfGap)));
  const shelfY = h - bottom - shelfH;
  const hasMounts = places.some(({ lines }) => lines.some(({ kind }) => kind === 'mount'));
  const shelf = hasShelf ? volumes : [];
  const { chips, hidden } = chipPlaces(shelf, area.w, !hasMounts);
  return {
    h,
    address,
    vessels: places,
    hiddenVessels: vessels.length - places.length,
    shelfY,
    chips,
    hiddenChips: hidden,
    wires: hasWires && isRow ? wires(vessels, volumes, places, chips, shelfY) : [],
  };
}

function addressPlace(input: InsideInput): InsideRoom['address'] {
  const { w, most, nameLength, addressLength } = input;
  if (addressLength === 0) return 'none';
  const room = w - left - 20;
  if (nameLength * nameCharW + 10 + addressLength * charW <= room) return 'beside';
  return most >= secondLineFrom && addressLength * charW <= room ? 'below' : 'none';
}

interface Area {
  w: number;
  y: number;
  h: number;
}

function vesselPlaces(
  vessels: readonly Vessel[],
  volumes: readonly PodVolume[],
  area: Area,
): VesselPlace[] {
  if (vessels.length === 0 || area.h < lineH + vesselPad) return [];
  const { columns, rows, linesMost } = vesselGrid(vessels.length, area);
  const shown = vessels.slice(0, columns * rows);
  const w = Math.floor((area.w + vesselGap) / columns) - vesselGap;
  const lines = shown.map((vessel) => vesselLines(vessel, volumes, w, linesMost));
  const places: VesselPlace[] = [];
  let y = area.y;
  for (let from = 0; from < shown.length; from += columns) {
    // Vessels that stand beside each other are as high as the one that says most.
    const row = lines.slice(from, from + columns);
    const h = Math.max(...row.map(({ length }) => length)) * lineH + vesselPad;
    row.forEach((own, i) => {
      places.push({ x: left + i * (w + vesselGap), y, w, h, lines: own });
    });
    y += h + vesselGap;
  }
  return places;
}

/** As wide as whole words need, if each has a few lines then; else as many as fit. */
function vesselGrid(
  count: number,
  area: Area,
): { columns: number; rows: number; linesMost: number } {
  const least = lineH + vesselPad + vesselGap;
  const rowsMost = Math.max(1, Math.floor((area.h + vesselGap) / least));
  const most = Math.floor((area.w + vesselGap) / (markW + vesselGap));
  const gridOf = (minW: number) => {
    const roomy = Math.max(1, Math.floor((area.w + vesselGap) / (minW + vesselGap)));
    const columns = Math.min(most, Math.max(Math.min(count, roomy), Math.ceil(count / rowsMost)));
    const rows = Math.min(rowsMost, Math.ceil(count / columns));
    const room = (area.h + vesselGap) / rows - vesselGap;
    return { columns, rows, linesMost: Math.floor((room - vesselPad) / lineH) };
  };
  const [wide, narrow] = vesselWidths;
  const grid = gridOf(wide);
  return grid.linesMost >= linesWorth ? grid : gridOf(narrow);
}

/** What a vessel says in so many lines, what matters most first. */
function vesselLines(
  vessel: Vessel,
  volumes: readonly PodVolume[],
  w: number,
  most: number,
): VesselLine[] {
  const { probes, image, reason, last } = vessel;
  const words = probes.reduce((sum, { kind }) => sum + kind.length * charW + 18, 0);
  const wanted: VesselLine[] = [
    ...(reason ? [{ kind: 'reason' } as const] : []),
    ...(image ? [{ kind: 'image' } as const] : []),
    ...(probes.length > 0 ? [{ kind: 'probes', inWords: words <= w - 8 } as const] : []),
    ...(last ? [{ kind: 'last' } as const] : []),
    ...mountLines(vessel, volumes, w),
  ];
  const below = wanted.slice(0, most - 1);
  const hasPips = !below.some(({ kind }) => kind === 'probes');
  const hasImage = below.some(({ kind }) => kind === 'image');
  const room = w - titleWidth(vessel, hasPips) - charW;
  const short = shortImage(image);
  const beside = !hasImage && short.length * charW <= room ? short : '';
  return [{ kind: 'title', hasPips, image: beside }, ...below];
}

/** Before a path is a bit of a dotted line. */
const mountAround = 22;

function mountLines({ mounts }: Vessel, volumes: readonly PodVolume[], w: number): VesselLine[] {
  return mounts.flatMap(({ volume, path }, at): VesselLine[] => {
    if (volumes.find(({ name }) => name === volume)?.isGiven) return [];
    const chars = Math.floor((w - mountAround) / charW);
    const isBoth = path.length + 1 + volume.length <= chars;
    const text = shortPath(path, chars);
    return [{ kind: 'mount', at, text, volume: isBoth ? volume : '' }];
  });
}

/** Letters and mark of a probe, and what is between two. */
const pipW = 15;

function titleWidth({ name, restarts, probes }: Vessel, hasPips: boolean): number {
  const again = restarts > 0 ? 14 + String(restarts).length * charW : 0;
  return markW + name.length * charW + again + (hasPips ? probes.length * pipW : 0) + 4;
}

const chipGap = 4;
/** A mark, and what is around it. */
const chipAround = 20;
const moreW = 20;

function chipPlaces(
  volumes: readonly PodVolume[],
  room: number,
  withPaths: boolean,
): { chips: ChipPlace[]; hidden: number } {
  // As much as fits: all with their paths, all with their names, or marks alone from the last on.
  const long = volumes.map((volume) => chipText(volume, withPaths));
  const plain = volumes.map((volume) => chipText(volume, false));
  const texts = rowWidth(long) <= room ? long : plain;
  for (let i = texts.length - 1; i >= 0 && rowWidth(texts) > room; i--) texts[i] = '';
  let shown = texts.length;
  while (shown > 0 && rowWidth(texts.slice(0, shown)) > room - moreW * Number(shown < texts.length))
    shown--;
  const chips: ChipPlace[] = [];
  let x = left;
  for (const text of texts.slice(0, shown)) {
    const w = chipWidth(text);
    chips.push({ x, w, text });
    x += w + chipGap;
  }
  return { chips, hidden: texts.length - shown };
}

function chipText({ name, mounts, isGiven }: PodVolume, withPath: boolean): string {
  if (isGiven) return '';
  const path = withPath ? mounts[0]?.path : undefined;
  return path ? `${name} ${path}` : name;
}

function chipWidth(text: string): number {
  return text === '' ? chipAround - 2 : chipAround + text.length * charW;
}

function rowWidth(texts: readonly string[]): number {
  return texts.reduce((sum, text) => sum + chipWidth(text) + chipGap, -chipGap);
}

function wires(
  vessels: readonly Vessel[],
  volumes: readonly PodVolume[],
  places: readonly VesselPlace[],
  chips: readonly ChipPlace[],
  shelfY: number,
): string[] {
  const paths: string[] = [];
  places.forEach((place, i) => {
    let x = place.x + 9;
    volumes.forEach(({ name, isGiven }, at) => {
      const chip = chips[at];
      if (!chip || isGiven) return;
      if (!vessels[i]!.mounts.some(({ volume }) => volume === name)) return;
      const y = place.y + place.h;
      const end = chip.x + 9 + Math.min(i * 5, Math.max(0, chip.w - 18));
      const middle = (y + shelfY) / 2;
      paths.push(`M${x} ${y}C${x} ${middle} ${end} ${middle} ${end} ${shelfY}`);
      x += 7;
    });
  });
  return paths;
}
