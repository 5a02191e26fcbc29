import type { KubeObject } from '../../api/object';
import type { Pod } from '../../api/types';
import { usePage } from '../app/page-context';
import { cpuShare, memoryShare, ratio } from '../canvas/quantities';
import { useScene } from '../state/scene-store';
import { refOfKind } from '../state/object-path';
import { containerRows } from './container-rows';
import { inspectorMessages } from './messages';
import { summaryRows } from './summary-rows';
import type { RowValue } from './summary-rows';

const { containers, fills } = inspectorMessages;

/** What matters of an object, in rows; a pod's containers, a node's fill. */
export function SummaryTab({ object }: { object: KubeObject }) {
  return (
    <div className="summary-tab">
      {object.kind === 'Node' && <NodeFill name={object.metadata.name} />}
      <dl className="rows">
        {summaryRows(object).map(({ label, value }) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>
              <Value value={value} />
            </dd>
          </div>
        ))}
      </dl>
      {object.kind === 'Pod' && <Containers pod={object as Pod} />}
    </div>
  );
}

function Value({ value }: { value: RowValue }) {
  const { actions } = usePage();
  switch (value.kind) {
    case 'text':
      return value.text;
    case 'mono':
      return <span className="mono">{value.text}</span>;
    case 'chips':
      return (
        <span className="chip-row">
          {value.chips.map((chip) => (
            <code key={chip}>{chip}</code>
          ))}
        </span>
      );
    case 'link':
      if (!refOfKind(value.to.kind)) return value.text;
      return (
        <button
          type="button"
          className="link"
          onClick={() => actions.inspect({ ...value.to, text: value.to.name })}
        >
          {value.text}
        </button>
      );
  }
}

function NodeFill({ name }: { name: string }) {
  const node = useScene((scene) => scene.nodes.get(name));
  if (!node) return null;
  const bars = [
    { label: fills.cpu, share: ratio(node.cpu), text: cpuShare(node.cpu) },
    { label: fills.memory, share: ratio(node.memory), text: memoryShare(node.memory) },
    {
      label: fills.pods,
      share: node.maxPods > 0 ? node.podCount / node.maxPods : 0,
      text: `${node.podCount}/${node.maxPods}`,
    },
  ];
  return (
    <div className="fills">
      {bars.map(({ label, share, text }) => (
        <div key={label}>
          <span>{label}</span>
          <i className={share > 0.9 ? 'is-full' : undefined}>
            <u style={{ width: `${Math.min(1, share) * 100}%` }} />
          </i>
          <span className="mono num">{text}</span>
        </div>
      ))}
    </div>
  );
}

function Containers({ pod }: { pod: Pod }) {
  return (
    <>
      <h3>{containers.title}</h3>
      <ul className="containers">
        {containerRows(pod).map((row) => (
          <li key={row.name}>
            <b className="mono">{row.name}</b>
            <span className={`t-${tones[row.tone]}`}>{row.state}</span>
            <span className="mono">{row.image}</span>
            {row.message && <span className={`c-message t-${tones[row.tone]}`}>{row.message}</span>}
            <span className="num">
              {[
                row.isInit ? containers.init : row.ready ? containers.ready : containers.notReady,
                containers.restarts(row.restarts),
                row.requests,
              ]
                .filter(Boolean)
                .join(' · ')}
            </span>
          </li>
        ))}
      </ul>
    </>
  );
}

const tones = { good: 'run', wait: 'pend', bad: 'fail', quiet: '3' } as const;
