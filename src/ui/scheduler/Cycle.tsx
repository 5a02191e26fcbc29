import type { SchedulingReport, WaitingPod } from '../../host/protocol';
import { catalog } from '../../i18n/catalog';
import { usePage } from '../app/page-context';
import { openObject } from '../canvas/actions-context';
import { filterRows, nodeReasons, scoreTable } from '../inspector/why-table';
import { Scores, Verdict } from '../inspector/WhyTab';
import { useScene } from '../state/scene-store';
import { Icon } from '../theme/Icon';
import Help from './Help';
import { fitCount, STAGES, stageStates } from './stages';
import type { StageState } from './stages';
import { useReport } from './use-scheduling';
import { byNumber } from '../state/by-number';
import { words } from './words';

/** Columns that can be read. */
const NODES_MAX = 24;

/** One pod's way through the plugins, what stopped it, and what would help. */
export function Cycle({ pod, waiting }: { pod: string; waiting: WaitingPod | undefined }) {
  const report = useReport(pod);
  const { actions } = usePage();
  const [namespace = '', name = ''] = pod.split('/');
  const nodes = useScene((scene) => scene.nodes);
  return (
    <div className="sched-cycle" role="region" aria-label={words.cycleOf}>
      <header>
        <h2 className="mono">{name}</h2>
        <span className="t-3">{namespace}</span>
        <button
          type="button"
          className="btn out"
          onClick={() => openObject(actions, { kind: 'Pod', namespace, name, text: name })}
        >
          {words.open(name)}
        </button>
      </header>
      <ol className="sched-stages">
        {stageEntries(report, waiting).map(([stage, state]) => (
          <li key={stage} className={`is-${state}`}>
            <b>{stage}</b>
            <span>{words.stages[stage]}</span>
            <span className="sched-state">
              {stage === 'Filter' && report && state !== 'ahead'
                ? words.ofNodes(fitCount(report, nodes.size), nodes.size)
                : words.states[state]}
            </span>
          </li>
        ))}
      </ol>
      {report && <Verdict report={report} scores={scoreTable(report)} />}
      {(!report || report.node === '') && <Help pod={pod} report={report ?? null} />}
      {report && <Table report={report} names={[...nodes.keys()]} />}
      {report && <ScoresOf report={report} />}
      {report === null && !waiting && <p className="t-3">{words.gone}</p>}
    </div>
  );
}

function stageEntries(
  report: SchedulingReport | null | undefined,
  waiting: WaitingPod | undefined,
): [(typeof STAGES)[number], StageState][] {
  const states = stageStates(report, waiting);
  return STAGES.map((stage) => [stage, states[stage]]);
}

function ScoresOf({ report }: { report: SchedulingReport }) {
  const scores = scoreTable(report);
  return scores ? <Scores table={scores} /> : null;
}

/** What each filter said of each node; those that turned it away first. */
function Table({ report, names }: { report: SchedulingReport; names: string[] }) {
  const reasons = new Map(nodeReasons(report).map(({ node, reason }) => [node, reason]));
  const rejected = (name: string) => Number(reasons.has(name));
  const order = names.toSorted((a, b) => rejected(b) - rejected(a) || byNumber(a, b));
  const shown = order.slice(0, NODES_MAX);
  return (
    <div className="sched-table">
      <h3>{words.table}</h3>
      <div className="sched-scroll">
        <table>
          <thead>
            <tr>
              <td />
              {shown.map((name) => (
                <th key={name} scope="col" className="mono">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {filterRows(report, shown).map(({ plugin, cells }) => (
              <tr key={plugin}>
                <th scope="row">{plugin}</th>
                {cells.map((cell, at) => (
                  <td
                    key={shown[at]}
                    className={`is-${cell}`}
                    title={cell === 'rejects' ? reasonOf(report, plugin, shown[at]!) : undefined}
                  >
                    {cell === 'notRun' ? (
                      '·'
                    ) : (
                      <Icon name={cell === 'passes' ? 'check' : 'x'} size={12} />
                    )}
                    <span className="sr-only">{catalog.page.why[cell]}</span>
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {order.length > shown.length && <p>{words.moreNodes(order.length - shown.length)}</p>}
    </div>
  );
}

function reasonOf(report: SchedulingReport, plugin: string, node: string): string | undefined {
  const filter = report.filters.find((each) => each.plugin === plugin);
  return filter?.rejected[node] ?? filter?.rejected['*'];
}
