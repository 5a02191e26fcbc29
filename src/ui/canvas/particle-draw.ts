// Draws particles and flows on the one overlay canvas, in screen pixels: request solid wedge,
// answer hollow wedge, watch event diamond, heartbeat tick, failure ringed cross (VISUAL.md,
// Grammar: Messages).
import type { OnCurve } from './curve';
import type { Particle } from './particle-field';

/** The colours of the theme that particles need. */
export interface Inks {
  surface: string;
  accent: string;
  create: string;
  run: string;
  fail: string;
  mono: string;
}

/** Reads the inks from the tokens in force on an element. */
export function readInks(element: Element): Inks {
  const style = getComputedStyle(element);
  const token = (name: string) => style.getPropertyValue(name).trim();
  return {
    surface: token('--surface'),
    accent: token('--accent'),
    create: token('--create'),
    run: token('--run'),
    fail: token('--fail'),
    mono: token('--mono'),
  };
}

/**
 * Draws one particle with its origin at the place given; `scale` follows the zoom within limits.
 */
export function drawParticle(
  g: CanvasRenderingContext2D,
  particle: Particle,
  place: OnCurve,
  scale: number,
  inks: Inks,
): void {
  g.save();
  g.translate(place.x, place.y);
  if (particle.look !== 'failure') {
    g.rotate(particle.inward ? place.angle + Math.PI : place.angle);
  }
  g.scale(scale, scale);
  drawers[particle.look](g, inks);
  g.restore();
}

type Drawer = (g: CanvasRenderingContext2D, inks: Inks) => void;

const drawers: Record<Particle['look'], Drawer> = {
  request: (g, inks) => {
    trail(g, inks.accent, 2);
    wedge(g);
    g.fillStyle = inks.accent;
    g.strokeStyle = inks.surface;
    g.lineWidth = 1;
    g.fill();
    g.stroke();
  },
  answer: (g, inks) => {
    wedge(g);
    g.fillStyle = inks.surface;
    g.strokeStyle = inks.accent;
    g.lineWidth = 1.5;
    g.fill();
    g.stroke();
  },
  watch: (g, inks) => {
    trail(g, inks.create, 1.5);
    g.beginPath();
    g.moveTo(0, -5.2);
    g.lineTo(5.2, 0);
    g.lineTo(0, 5.2);
    g.lineTo(-5.2, 0);
    g.closePath();
    g.fillStyle = inks.surface;
    g.strokeStyle = inks.create;
    g.lineWidth = 1.8;
    g.fill();
    g.stroke();
  },
  heartbeat: (g, inks) => {
    g.beginPath();
    g.moveTo(0, -4.5);
    g.lineTo(0, 4.5);
    g.strokeStyle = inks.run;
    g.lineWidth = 2.5;
    g.lineCap = 'round';
    g.stroke();
  },
  failure: (g, inks) => {
    g.beginPath();
    g.arc(0, 0, 7.5, 0, Math.PI * 2);
    g.fillStyle = inks.surface;
    g.strokeStyle = inks.fail;
    g.lineWidth = 1.4;
    g.fill();
    g.stroke();
    g.beginPath();
    g.moveTo(-3, -3);
    g.lineTo(3, 3);
    g.moveTo(3, -3);
    g.lineTo(-3, 3);
    g.lineWidth = 2;
    g.lineCap = 'round';
    g.stroke();
  },
};

function wedge(g: CanvasRenderingContext2D): void {
  g.beginPath();
  g.moveTo(-5, -5);
  g.lineTo(6, 0);
  g.lineTo(-5, 5);
  g.closePath();
}

function trail(g: CanvasRenderingContext2D, colour: string, width: number): void {
  g.globalAlpha = 0.35;
  g.beginPath();
  g.moveTo(-16, 0);
  g.lineTo(-5, 0);
  g.strokeStyle = colour;
  g.lineWidth = width;
  g.stroke();
  g.globalAlpha = 1;
}

/** The tag of the one message that the narration speaks of, above its particle. */
export function drawTag(
  g: CanvasRenderingContext2D,
  text: string,
  x: number,
  y: number,
  colour: string,
  inks: Inks,
): void {
  g.font = `600 10px ${inks.mono}`;
  const w = Math.ceil(g.measureText(text).width) + 9;
  g.beginPath();
  g.roundRect(Math.round(x - w / 2) + 0.5, Math.round(y - 24) + 0.5, w, 16, 4);
  g.fillStyle = inks.surface;
  g.strokeStyle = colour;
  g.lineWidth = 1;
  g.fill();
  g.stroke();
  g.fillStyle = colour;
  g.textAlign = 'center';
  g.textBaseline = 'middle';
  g.fillText(text, Math.round(x), Math.round(y - 15.5));
}

/** Width of a wire that carries this many messages a second, in screen pixels. */
export function flowWidth(rate: number): number {
  return 1.5 + Math.min(5, Math.log2(1 + rate));
}
