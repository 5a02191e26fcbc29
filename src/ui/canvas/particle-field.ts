// Messages on the move. A message becomes a particle on the wire of its outer end; its time is
// virtual, so pause freezes it and slow motion slows it, but on the screen it travels 250 to 1200
// ms. Where messages come too thick to follow, or the clock runs above 10x, they merge into flow:
// the width of the line tells their rate. Nothing here draws and nothing here knows React.
import type { SceneMessage, ScenePlace } from '../../scene/scene';

export const screenMsMin = 250;
export const screenMsMax = 1_200;
/** Above this speed, messages are flow. */
const flowSpeed = 10;
/** More than this many particles on one wire is a crowd: further ones are flow. */
const wireCrowd = 14;
/** And more than this many on all wires: nobody follows one among so many. */
const fieldCrowd = 150;
/** A wire that became flow shows single messages again below this, in messages a second. */
const rateCalm = 6;
/** A failure stops short of its goal and stays a moment, so that it can be read. */
const failureStop = 0.62;
const failureStayMs = 700;
/** The rate on a wire is averaged over about this time, in wall ms. */
const rateWindowMs = 600;
/** Below this, in messages a second, a flow is over. */
const rateOver = 0.6;

export interface Particle {
  wire: ScenePlace;
  /** True when it travels from the outer end to kube-apiserver. */
  inward: boolean;
  look: SceneMessage['look'];
  message: SceneMessage;
  /** Screen ms until it sets off. */
  waitMs: number;
  screenMs: number;
  /** 0 to 1. */
  progress: number;
  /** Screen ms that a stopped failure has stayed. */
  stayedMs: number;
}

export interface Flow {
  wire: ScenePlace;
  /** Messages a wall second. */
  rate: number;
}

/** How long a message travels on the screen at a clock speed, ms. */
export function screenTravelMs(durationMs: number, speed: number): number {
  return Math.max(screenMsMin, Math.min(screenMsMax, durationMs / speed));
}

/**
 * The wire of a message and its direction on it; null for one that does not touch kube-apiserver.
 */
export function wireOf(message: SceneMessage): { wire: ScenePlace; inward: boolean } | null {
  if (message.to === 'kube-apiserver') return { wire: message.from, inward: true };
  if (message.from === 'kube-apiserver') return { wire: message.to, inward: false };
  return null;
}

export class ParticleField {
  readonly particles: Particle[] = [];
  private readonly rates = new Map<ScenePlace, number>();
  private readonly onWire = new Map<ScenePlace, number>();
  /** Wires on which a crowd became flow; they stay so until it is over. */
  private readonly flowing = new Set<ScenePlace>();
  private readonly counts = new Map<ScenePlace, number>();

  /** `arrived` is called once for each message when it reaches its end, also for merged ones. */
  constructor(private readonly arrived: (message: SceneMessage) => void) {}

  /**
   * Takes a batch in; `speed` is virtual ms a wall ms. With `still` (reduced motion) all is flow.
   */
  add(messages: readonly SceneMessage[], speed: number, still: boolean): void {
    const first = messages.reduce((min, it) => Math.min(min, it.atMs), Infinity);
    for (const message of messages) {
      const route = wireOf(message);
      if (!route) continue;
      this.rates.set(route.wire, (this.rates.get(route.wire) ?? 0) + 1_000 / rateWindowMs);
      this.counts.set(route.wire, this.countOn(route.wire) + 1);
      const crowd = this.onWire.get(route.wire) ?? 0;
      if (crowd >= wireCrowd || this.particles.length >= fieldCrowd) this.flowing.add(route.wire);
      const merged = still || speed > flowSpeed || this.flowing.has(route.wire);
      if (merged && (message.look !== 'failure' || crowd > 0)) {
        this.arrived(message);
        continue;
      }
      this.onWire.set(route.wire, crowd + 1);
      this.particles.push({
        ...route,
        look: message.look,
        message,
        waitMs: Math.min(screenMsMax, (message.atMs - first) / speed),
        screenMs: screenTravelMs(message.durationMs, speed),
        progress: still ? failureStop : 0,
        stayedMs: 0,
      });
    }
  }

  /** Moves all by that much screen time: none while paused. */
  advance(screenMs: number): void {
    const decay = Math.exp(-screenMs / rateWindowMs);
    for (const [wire, rate] of this.rates) {
      if (rate * decay < rateOver) this.rates.delete(wire);
      else this.rates.set(wire, rate * decay);
      if (rate * decay < rateCalm) this.flowing.delete(wire);
    }
    let kept = 0;
    for (const particle of this.particles) {
      if (this.isOver(particle, screenMs)) this.leave(particle);
      else this.particles[kept++] = particle;
    }
    this.particles.length = kept;
  }

  /** Wires that carry more than single particles can show. */
  flows(merged: boolean): Flow[] {
    const flows: Flow[] = [];
    for (const [wire, rate] of this.rates) {
      if (merged || this.flowing.has(wire)) flows.push({ wire, rate });
    }
    return flows;
  }

  /** True when nothing moves, and no flow (if `merged` shows any) fades: no frame is needed. */
  idle(merged: boolean): boolean {
    const fading = merged ? this.rates.size : this.flowing.size;
    return this.particles.length === 0 && fading === 0;
  }

  /** How many messages a wire has carried: what changes where nothing may travel. */
  countOn(wire: ScenePlace): number {
    return this.counts.get(wire) ?? 0;
  }

  clear(): void {
    this.particles.length = 0;
    this.rates.clear();
    this.onWire.clear();
    this.flowing.clear();
    this.counts.clear();
  }

  private isOver(particle: Particle, screenMs: number): boolean {
    if (particle.waitMs > 0) {
      particle.waitMs -= screenMs;
      return false;
    }
    particle.progress += screenMs / particle.screenMs;
    if (particle.look !== 'failure') return particle.progress >= 1;
    if (particle.progress < failureStop) return false;
    const beyondMs = (particle.progress - failureStop) * particle.screenMs;
    particle.progress = failureStop;
    particle.stayedMs += Math.min(screenMs, beyondMs);
    return particle.stayedMs >= failureStayMs;
  }

  private leave(particle: Particle): void {
    const left = (this.onWire.get(particle.wire) ?? 1) - 1;
    if (left > 0) this.onWire.set(particle.wire, left);
    else this.onWire.delete(particle.wire);
    this.arrived(particle.message);
  }
}

/** Whether a speed is shown as flow. */
export function isFlowSpeed(speed: number): boolean {
  return speed > flowSpeed;
}
