import { memo } from 'react';
import type { OwnershipLayout, PlacedEdge } from './ownership-layout';
import { useLit } from './ownership-store';
import type { Relation } from './relations';
import { words } from './words';

const RELATIONS = Object.keys(words.relations) as Relation[];

/** Bands, names of columns and lines, behind the cards. */
export const RelationLines = memo(function RelationLines({ layout }: { layout: OwnershipLayout }) {
  const { bands, columns, edges, width, height } = layout;
  const lit = useLit();
  return (
    <div className="own-ground" aria-hidden="true">
      {bands.map(({ key, namespace, name, x, y, w, h }) => (
        <div key={key} className="own-band" style={{ left: x, top: y, width: w, height: h }}>
          <span className="own-title">
            {namespace && <span>{namespace} / </span>}
            <b>{name}</b>
          </span>
        </div>
      ))}
      {columns.map(({ column, x }) => (
        <span key={column} className="own-column" style={{ left: x }}>
          {words.columns[column]}
        </span>
      ))}
      <svg width={width} height={height} className="own-lines">
        <defs>
          {RELATIONS.map((relation) => (
            <Head key={relation} relation={relation} />
          ))}
        </defs>
        {edges.map((edge) => (
          <Line key={`${edge.from} ${edge.relation} ${edge.to}`} edge={edge} lit={lit} />
        ))}
      </svg>
    </div>
  );
});

function Line({ edge, lit }: { edge: PlacedEdge; lit: ReadonlySet<string> | null }) {
  const isLit = lit !== null && lit.has(edge.from) && lit.has(edge.to);
  const state = lit === null ? '' : isLit ? ' is-lit' : ' is-dim';
  return (
    <path
      className={`own-line r-${edge.relation}${state}`}
      d={edge.d}
      markerEnd={`url(#own-head-${edge.relation})`}
    />
  );
}

function Head({ relation }: { relation: Relation }) {
  return (
    <marker
      id={`own-head-${relation}`}
      viewBox="0 0 8 8"
      refX="7"
      refY="4"
      markerWidth="7"
      markerHeight="7"
      markerUnits="userSpaceOnUse"
      orient="auto"
    >
      <path className={`own-head r-${relation}`} d="M0.5 0.5L7.5 4L0.5 7.5z" />
    </marker>
  );
}

/** What each line means. */
export function RelationLegend() {
  return (
    <ul className="own-legend">
      {RELATIONS.map((relation) => (
        <li key={relation}>
          <svg width="34" height="8" aria-hidden="true">
            <path className={`own-line r-${relation}`} d="M1 4H27" />
            <path className={`own-head r-${relation}`} d="M26 0.8L33 4L26 7.2z" />
          </svg>
          {words.relations[relation]}
        </li>
      ))}
    </ul>
  );
}
