// Paints the particle field on the overlay canvas: keeps the canvas at the size and density of the
// screen, the inks at the theme, and clears only what it painted.
import type { SceneMessage } from '../../scene/scene';
import type { Curve, OnCurve } from './curve';
import { pointOn } from './curve';
import { onThemeChange } from '../theme/on-theme-change';
import { flightFrame, type FlightFrame, type Flights } from './flights';
import { drawParticle, drawTag, flowWidth, readInks, type Inks } from './particle-draw';
import type { Flow, Particle, ParticleField } from './particle-field';
import type { Routes } from './routes';
import { ScreenCanvas } from './screen-canvas';
import { spriteSheet } from './sprite-sheet';

export interface PaintInput {
  routes: Routes;
  transform: readonly [x: number, y: number, zoom: number];
  /** True when messages are shown as flow. */
  merged: boolean;
  /** Reduced motion: lines light up and count, nothing swells or travels. */
  still: boolean;
  flights: Flights;
  /** Wall time of this frame. */
  wallMs: number;
  /** Text of a message's tag; '' for none. */
  tagged: (message: SceneMessage) => string;
}

export class ParticlePainter {
  private readonly canvas: ScreenCanvas;
  private inks: Inks;
  private painted = false;
  private readonly place: OnCurve = { x: 0, y: 0, angle: 0 };
  private readonly frame: FlightFrame = { x: 0, y: 0, alpha: 1, grow: 1 };
  private readonly paths = new WeakMap<Curve, Path2D>();
  private readonly stopTheme: () => void;

  constructor(element: HTMLCanvasElement) {
    this.canvas = new ScreenCanvas(element, () => {
      this.painted = false;
    });
    this.inks = readInks(element);
    this.stopTheme = onThemeChange(() => {
      this.inks = readInks(element);
    });
  }

  dispose(): void {
    this.canvas.dispose();
    this.stopTheme();
  }

  paint(field: ParticleField, input: PaintInput): void {
    const { g, width, height } = this.canvas;
    if (!g) return;
    if (this.painted) g.clearRect(0, 0, width, height);
    this.painted = false;
    this.paintFlights(g, input);
    this.paintFlows(g, field, input);
    this.paintParticles(g, field, input);
  }

  /** Cells on their way; under the messages. */
  private paintFlights(
    g: CanvasRenderingContext2D,
    { transform, flights, wallMs }: PaintInput,
  ): void {
    const [x, y, zoom] = transform;
    const { frame } = this;
    for (const flight of flights.aloft.values()) {
      const edge = flight.size * flight.scale * zoom;
      const pixels = Math.max(1, Math.round(edge * this.canvas.density));
      const picture = spriteSheet().bitmapOf(flight.sprite, pixels);
      if (!picture || !flightFrame(flight, wallMs, frame)) continue;
      const grown = edge * frame.grow;
      const inset = (edge - grown) / 2;
      g.globalAlpha = frame.alpha;
      g.drawImage(picture, frame.x * zoom + x + inset, frame.y * zoom + y + inset, grown, grown);
      this.painted = true;
    }
    g.globalAlpha = 1;
  }

  private paintFlows(g: CanvasRenderingContext2D, field: ParticleField, input: PaintInput): void {
    const { still, transform } = input;
    const [x, y, zoom] = transform;
    const flows = field.flows(input.merged);
    for (const { wire, rate } of flows) {
      const curve = input.routes.get(wire);
      if (!curve) continue;
      g.save();
      g.translate(x, y);
      g.scale(zoom, zoom);
      g.globalAlpha = still ? 0.6 : Math.min(0.75, 0.2 + rate / 12);
      g.strokeStyle = this.inks.accent;
      g.lineWidth = (still ? stillWidth : flowWidth(rate)) / zoom;
      g.lineCap = 'round';
      g.stroke(this.pathOf(curve));
      g.restore();
      this.painted = true;
    }
    if (still && flows.length <= countersMax) this.paintCounters(g, field, flows, input);
  }

  /** How many messages each lit line has carried, at its middle. */
  private paintCounters(
    g: CanvasRenderingContext2D,
    field: ParticleField,
    flows: readonly Flow[],
    { routes, transform }: PaintInput,
  ): void {
    const [x, y, zoom] = transform;
    const { place, inks } = this;
    for (const { wire } of flows) {
      const curve = routes.get(wire);
      if (!curve || curve.length * zoom < tagWireMin) continue;
      pointOn(curve, 0.5, place);
      const text = String(field.countOn(wire));
      // On the line itself: nothing travels there that it would hide.
      drawTag(g, text, place.x * zoom + x, place.y * zoom + y + 16, inks.accent, inks);
    }
  }

  private paintParticles(
    g: CanvasRenderingContext2D,
    field: ParticleField,
    { routes, transform, tagged }: PaintInput,
  ): void {
    const [x, y, zoom] = transform;
    const scale = Math.max(0.75, Math.min(1.4, zoom));
    const { place } = this;
    for (const particle of field.particles) {
      const curve = routes.get(particle.wire);
      if (!curve || particle.waitMs > 0) continue;
      pointOn(curve, shareOf(curve, particle), place);
      place.x = place.x * zoom + x;
      place.y = place.y * zoom + y;
      drawParticle(g, particle, place, scale, this.inks);
      const tag = curve.length >= tagWireMin ? tagged(particle.message) : '';
      if (tag) {
        const bad = particle.look === 'failure' || particle.message.code >= 400;
        drawTag(g, tag, place.x, place.y, bad ? this.inks.fail : this.inks.accent, this.inks);
      }
      this.painted = true;
    }
  }

  private pathOf(curve: Curve): Path2D {
    let path = this.paths.get(curve);
    if (!path) {
      path = new Path2D(curve.d);
      this.paths.set(curve, path);
    }
    return path;
  }
}

/** Width of a lit line where nothing moves, in screen pixels. */
const stillWidth = 3;
/** More counters than this at once say nothing to the eye. */
const countersMax = 12;
/** A tag beside a wire shorter than this would cover the cards at its ends. */
const tagWireMin = 36;
/** Particles keep this far from the ends of their wire, so that they never cover a card's text. */
const endGap = 8;

function shareOf(curve: Curve, { progress, inward }: Particle): number {
  const gap = Math.min(0.35, endGap / Math.max(1, curve.length));
  const share = gap + progress * (1 - 2 * gap);
  return inward ? 1 - share : share;
}
