import type { CSSProperties } from 'react';
import { short } from './board-model';
import type { Piece } from './board-model';

/** Pixels a CPU and a GiB of a piece. */
const CPU_PX = 64;
const GI_PX = 32;
const BLOCK_MAX_PX = 62;

/** What a pod asks for, as two blocks. */
export function Blocks({ piece: { cpu, memory, hue } }: { piece: Piece }) {
  const height = (amount: number, px: number) => Math.min(BLOCK_MAX_PX, Math.max(16, amount * px));
  const style = { '--o': `var(--o${hue})` } as CSSProperties;
  return (
    <span className="game-blocks num" style={style} aria-hidden="true">
      <i style={{ height: height(cpu, CPU_PX) }}>{short(cpu)}</i>
      <i style={{ height: height(memory, GI_PX) }}>{short(memory)}</i>
    </span>
  );
}
