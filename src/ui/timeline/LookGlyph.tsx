import { glyphs, lookStyles } from '../canvas/silhouette';
import type { AreaLook } from './count-view';

/** The sign of a look in the pods' grammar. */
export function LookGlyph({ look }: { look: AreaLook | 'running' }) {
  const { d, fill, solid } = glyphs[look];
  const style = { color: `var(--${lookStyles[look].colour})` };
  return (
    <svg className={fill ? 'tl-glyph is-solid' : 'tl-glyph'} viewBox="-1 -1 12 12" style={style}>
      <path d={d} />
      {solid && <path className="is-solid" d={solid} />}
    </svg>
  );
}
