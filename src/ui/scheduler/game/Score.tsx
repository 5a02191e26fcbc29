import type { Pod } from '../../../api/types';
import { usePage } from '../../app/page-context';
import { undo } from '../../state/history';
import { SCHEDULER } from '../scheduler-target';
import { bindingPath } from './bind';
import { scoreOf, short } from './board-model';
import type { Choice, Stack } from './board-model';
import { forgetChoice, useGame } from './game-store';
import { words } from './words';

interface ScoreProps {
  pods: readonly Pod[];
  stacks: readonly Stack[];
  waiting: number;
}

/** The last choice beside the scheduler's, and how it went so far. */
export function Score({ pods, stacks, waiting }: ScoreProps) {
  const choices = useGame((game) => game.choices);
  const last = choices.at(-1);
  return (
    <aside className="game-side" aria-label={words.title}>
      <h2>{words.choice}</h2>
      {last ? <LastChoice choice={last} /> : <p>{words.noChoice}</p>}
      <Numbers choices={choices} pods={pods} stacks={stacks} waiting={waiting} />
      <details>
        <summary>{words.rules}</summary>
        <ul>
          {words.rulesText.map((rule) => (
            <li key={rule}>{rule}</li>
          ))}
        </ul>
      </details>
      {last && <code className="game-sends">{words.sends(bindingPath(last.pod))}</code>}
      <GameActs canUndo={last !== undefined} />
    </aside>
  );
}

function LastChoice({ choice: { pod, node, best, its, yours } }: { choice: Choice }) {
  return (
    <p role="status">
      <b>{words.chose(pod.slice(pod.indexOf('/') + 1), node)}</b>{' '}
      {best === ''
        ? words.nowhere
        : best === node || its === yours
          ? words.same(node)
          : words.other(best, its, yours)}
    </p>
  );
}

function Numbers({ choices, pods, stacks, waiting }: ScoreProps & { choices: readonly Choice[] }) {
  const placed = choices.length;
  const free = stacks.reduce(
    (sum, { isReady, capacity, used }) => (isReady ? sum + capacity.cpu - used.cpu : sum),
    0,
  );
  const numbers: [string, string | number][] = [
    [words.placed, words.placedOf(placed, placed + waiting)],
    [words.refused, choices.filter(({ pod }) => isRefused(pods, pod)).length],
    [words.leftOver, short(free)],
    [words.against, scoreOf(choices) || 0],
  ];
  return (
    <dl className="num">
      {numbers.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function GameActs({ canUndo }: { canUndo: boolean }) {
  const { actions } = usePage();
  const takeBack = () => {
    forgetChoice();
    undo();
  };
  return (
    <div className="game-acts">
      <button type="button" className="btn out" disabled={!canUndo} onClick={takeBack}>
        {words.undo}
      </button>
      <button
        type="button"
        className="btn pri"
        onClick={() => actions.act('startProgram', SCHEDULER)}
      >
        {words.startAgain}
      </button>
    </div>
  );
}

/** A kubelet refused it: it failed for want of what it asked for. */
function isRefused(pods: readonly Pod[], key: string): boolean {
  const pod = pods.find(({ metadata }) => `${metadata.namespace}/${metadata.name}` === key);
  return pod?.status.phase === 'Failed' && /^OutOf|^NodeAffinity$/.test(pod.status.reason ?? '');
}
