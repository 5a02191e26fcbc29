import type { CSSProperties } from 'react';
import { Icon } from '../../theme/Icon';
import { short } from './board-model';
import type { Piece, Stack, Verdict } from './board-model';
import { aimAt, useGame } from './game-store';
import { PieceName } from './PieceName';
import { words } from './words';

interface StackTankProps {
  onDrop: (node: string) => void;
  stack: Stack;
  piece: Piece | undefined;
  verdict: Verdict | undefined;
}

/** A node as two stacks; a pod that is over it stands on top, where it would come. */
export function StackTank({ stack, piece, verdict, onDrop }: StackTankProps) {
  const { node, zone, isReady } = stack;
  const isAimed = useGame((game) => game.aim === node);
  const said = verdictWords(stack, verdict);
  const tone = !isReady || verdict?.fits === false ? 'is-against' : verdict ? 'is-for' : '';
  return (
    <li>
      <button
        type="button"
        className={`game-tank ${tone}${isAimed ? ' is-aimed' : ''}${isReady ? '' : ' is-silent'}`}
        data-game-node={node}
        aria-disabled={!piece}
        aria-label={piece ? words.drop(piece.name, node) + ', ' + said : words.tank(node, said)}
        onClick={() => piece && onDrop(node)}
        onFocus={() => piece && aimAt(node)}
        onPointerEnter={() => piece && aimAt(node)}
        onPointerLeave={() => aimAt(null)}
      >
        <span className="game-head">
          <b>{node}</b>
          <small>{zone}</small>
        </span>
        <span className="game-verdict">
          {tone && <Icon name={tone === 'is-for' ? 'check' : 'x'} size={12} />}
          {said}
        </span>
        <span className="game-columns" aria-hidden="true">
          <Column stack={stack} of="cpu" piece={isAimed ? piece : undefined} />
          <Column stack={stack} of="memory" piece={isAimed ? piece : undefined} />
        </span>
      </button>
    </li>
  );
}

function verdictWords(stack: Stack, verdict: Verdict | undefined): string {
  if (!stack.isReady) return words.notReady;
  if (verdict) return verdict.fits ? words.fits(short(verdict.left.cpu)) : verdict.against;
  const { capacity, used } = stack;
  return words.free(short(capacity.cpu - used.cpu), short(capacity.memory - used.memory));
}

interface ColumnProps {
  stack: Stack;
  of: 'cpu' | 'memory';
  /** Shown on top, where it would stand. */
  piece: Piece | undefined;
}

/** Below this height of a segment its name has no room, in percent of the column. */
const NAMED_MIN = 9;

function Column({ stack, of, piece }: ColumnProps) {
  const capacity = stack.capacity[of];
  const percent = (amount: number) => (capacity > 0 ? (amount / capacity) * 100 : 0);
  return (
    <span className="game-column">
      <span className="game-cap num">
        {of === 'cpu' ? words.cpu : words.memory} <small>{short(capacity)}</small>
      </span>
      <span className="game-well">
        {stack.segments.map((segment) => (
          <i
            key={`${segment.isSystem} ${segment.name}`}
            style={
              {
                height: `${percent(segment[of])}%`,
                '--o': `var(--o${segment.hue})`,
              } as CSSProperties
            }
          >
            {percent(segment[of]) >= NAMED_MIN && (
              <>
                {segment.isSystem ? <span>{words.system}</span> : <PieceName name={segment.name} />}
                <span className="num">{short(segment[of])}</span>
              </>
            )}
          </i>
        ))}
        {piece && (
          <i className="is-coming num" style={{ height: `${Math.min(100, percent(piece[of]))}%` }}>
            +{short(piece[of])}
          </i>
        )}
      </span>
    </span>
  );
}
