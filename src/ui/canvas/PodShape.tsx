import { memo } from 'react';
import type { ContainerLook, PodLook } from '../../scene/scene';
import { glyphs, lookStyles, silhouettePath } from './silhouette';
import { maxDots } from './tile-text';

export interface PodShapeProps {
  look: PodLook;
  w: number;
  h: number;
  /** A tile seen from near shows its containers apart. */
  shape: 'tile' | 'cell' | 'inside';
  hue: number;
  /** False for a pod of an older revision: its bar is broken. */
  current: boolean;
  containers: readonly ContainerLook[];
}

/**
 * The drawn part of a pod: silhouette, owner bar, container marks, glyph. The colour comes from
 * CSS.
 */
export const PodShape = memo(function PodShape(props: PodShapeProps) {
  const { look, w, h, shape } = props;
  const style = lookStyles[look];
  const outline = silhouettePath(look, w, h);
  return (
    <svg className="pod-shape" width={w} height={h} viewBox={`0 0 ${w} ${h}`} aria-hidden="true">
      <path className={`pod-body s-${style.stroke}`} d={outline} />
      {style.hatch && <path d={outline} fill={`url(#kb-hatch-${style.hatch})`} />}
      <OwnerBar {...props} />
      {shape === 'tile' && <Containers looks={props.containers} y={24.5} />}
      <PodGlyph {...props} />
    </svg>
  );
});

function OwnerBar({ w, h, shape, hue, current }: PodShapeProps) {
  const tile = shape !== 'cell';
  const x = tile ? 6 : Math.max(3.5, w * 0.17);
  const inset = tile ? 6 : h * 0.22;
  const narrow = w < 20;
  return (
    <path
      className="pod-owner"
      d={`M${x} ${inset}V${h - inset}`}
      stroke={`var(--o${hue})`}
      strokeWidth={narrow ? 2 : 3}
      strokeDasharray={current ? undefined : '4 3'}
    />
  );
}

function PodGlyph({ look, w, h, shape }: PodShapeProps) {
  const glyph = glyphs[look];
  const [x, y, size] = glyphPlace(shape, w, h);
  return (
    <g
      className={glyph.fill ? 'pod-glyph solid' : 'pod-glyph'}
      transform={`translate(${x} ${y}) scale(${size / 10})`}
    >
      <path d={glyph.d} />
      {glyph.solid && <path className="solid" d={glyph.solid} />}
    </g>
  );
}

function glyphPlace(shape: PodShapeProps['shape'], w: number, h: number): number[] {
  if (shape !== 'cell') return [w - 15, shape === 'tile' ? 19.5 : 5, 10];
  const size = Math.min(9.5, w * 0.42);
  return [w / 2 - size * 0.32, h / 2 - size / 2, size];
}

function Containers({ looks, y }: { looks: readonly ContainerLook[]; y: number }) {
  return looks
    .slice(0, maxDots)
    .map((look, i) => (
      <path key={i} className={`pod-dot d-${look}`} d={dotPath(look, 12 + i * 8.5, y)} />
    ));
}

/** A container's mark, six pixels wide from x, its middle at y. */
export function dotPath(look: ContainerLook, x: number, y: number): string {
  const circle = (r: number) =>
    `M${x + 3 - r} ${y}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0z`;
  switch (look) {
    case 'running':
    case 'done':
      return circle(2.9);
    case 'waiting':
      return circle(2.4);
    case 'sidecar':
      return circle(2.3);
    case 'initDone':
    case 'initWaiting':
      return `M${x + 0.7} ${y - 2.3}h4.6v4.6h-4.6z`;
    case 'error':
      return `M${x + 0.6} ${y - 2.4}l4.8 4.8m0-4.8l-4.8 4.8`;
  }
}
