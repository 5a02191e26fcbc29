import { lazy, Suspense } from 'react';
import { useShallow } from 'zustand/react/shallow';
import type { SchedulingReport } from '../../host/protocol';
import { messages } from '../messages';
import { useReport } from '../scheduler/use-scheduling';
import { useScene } from '../state/scene-store';
import type { Selection } from '../state/scene-store';
import { Icon } from '../theme/Icon';
import { filterRows, nodeReasons, scoreTable, whyNodes } from './why-table';
import type { FilterCell, ScoreTable } from './why-table';
import { listed } from '../state/language';

const words = messages.why;
/** With the acts that it offers, fetched when a pod waits. */
const Help = lazy(() => import('../scheduler/Help'));
/** A waiting pod is asked about again this often. */
const ASK_MS = 1_500;

/** What the scheduler made of a pod: each filter at each node, then the scores. */
export function WhyTab({ selection }: { selection: Selection }) {
  const report = useReport(`${selection.namespace}/${selection.name}`, ASK_MS);
  const names = useScene(useShallow((scene) => [...scene.nodes.keys()]));
  const bound = useScene((scene) => {
    return scene.pods.get(`${selection.namespace}/${selection.name}`)?.node ?? '';
  });
  if (report === undefined) return <p className="empty">{messages.inspector.loading}</p>;
  if (report === null) return <p className="empty">{bound ? words.none : words.waiting}</p>;
  const scores = scoreTable(report);
  return (
    <div className="why-tab">
      <Verdict report={report} scores={scores} />
      {report.node === '' && bound === '' && (
        <Suspense fallback={null}>
          <Help pod={`${selection.namespace}/${selection.name}`} report={report} />
        </Suspense>
      )}
      <Filters report={report} nodes={whyNodes(names)} />
      <Reasons report={report} />
      {scores && <Scores table={scores} />}
    </div>
  );
}

/** Whether it fits, and why there. */
export function Verdict({ report, scores }: { report: SchedulingReport; scores?: ScoreTable }) {
  if (report.node === '') {
    return (
      <>
        <h3>{words.noNode}</h3>
        <p className="why-about">
          {report.message} {words.tried(report.attempts)}
        </p>
      </>
    );
  }
  return (
    <>
      <h3>{words.fits(report.node)}</h3>
      <p className="why-about">{scoreWords(report.node, scores)}</p>
    </>
  );
}

/** How the best node won: clearly, by lot, or unopposed. */
function scoreWords(node: string, scores: ScoreTable | undefined): string {
  const [best, next] = scores?.nodes ?? [];
  if (!scores || best === undefined || next === undefined) return words.onlyOne(node);
  const [total, nextTotal] = scores.totals as [number, number];
  if (total !== nextTotal) return words.scored(best, total, next, nextTotal);
  const others = scores.nodes.filter((_node, at) => at > 0 && scores.totals[at] === total);
  return words.tied(best, listed(others), total);
}

function Filters({ report, nodes }: { report: SchedulingReport; nodes: readonly string[] }) {
  return (
    <>
      <table className="why">
        <thead>
          <tr>
            <th scope="col">{words.filters}</th>
            {nodes.map((node) => (
              <th key={node} scope="col" className="mono">
                {node}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {filterRows(report, nodes).map(({ plugin, cells }) => (
            <tr key={plugin}>
              <th scope="row">{plugin}</th>
              {cells.map((cell, at) => (
                <Cell key={nodes[at]} cell={cell} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <p className="why-legend">
        <span className="t-run">
          <Icon name="check" size={12} /> {words.passes}
        </span>
        <span className="t-fail">
          <Icon name="x" size={12} /> {words.rejects}
        </span>
        <span>· {words.notRun}</span>
      </p>
    </>
  );
}

function Cell({ cell }: { cell: FilterCell }) {
  if (cell === 'notRun') return <td className="t-3">·</td>;
  return (
    <td className={cell === 'passes' ? 't-run' : 'is-rejected t-fail'}>
      <Icon name={cell === 'passes' ? 'check' : 'x'} size={14} />
      <span className="sr-only">{words[cell]}</span>
    </td>
  );
}

function Reasons({ report }: { report: SchedulingReport }) {
  const reasons = nodeReasons(report);
  if (reasons.length === 0) return null;
  return (
    <>
      <h4>{words.reasons}</h4>
      <dl className="reasons">
        {reasons.map(({ node, reason }) => (
          <div key={node}>
            <dt className="mono">{node}</dt>
            <dd>{reason}</dd>
          </div>
        ))}
      </dl>
    </>
  );
}

/** Scores of the nodes that passed, best first. */
export function Scores({ table }: { table: ScoreTable }) {
  return (
    <table className="why is-scores">
      <thead>
        <tr>
          <th scope="col">{words.scores}</th>
          {table.nodes.map((node) => (
            <th key={node} scope="col" className="mono">
              {node}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {table.rows.map(({ plugin, values }) => (
          <tr key={plugin}>
            <th scope="row">{plugin}</th>
            {values.map((value, at) => (
              <td key={table.nodes[at]} className="num mono">
                {value}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row">{words.total}</th>
          {table.totals.map((total, at) => (
            <td key={table.nodes[at]} className="num mono">
              {total}
            </td>
          ))}
        </tr>
      </tfoot>
    </table>
  );
}
