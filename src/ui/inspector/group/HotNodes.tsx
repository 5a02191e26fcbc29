import { useState } from 'react';
import type { SceneNode } from '../../../scene/scene';
import { usePage } from '../../app/page-context';
import { cpuShare, memoryShare, ratio } from '../../canvas/quantities';
import { hottest } from './group-figures';
import { words } from './words';

const KINDS = ['cpu', 'memory'] as const;
const SHOWN_MAX = 20;

/** The nodes of which most is requested, as rows that open them. */
export function HotNodes({ members }: { members: readonly SceneNode[] }) {
  const [by, setBy] = useState<(typeof KINDS)[number]>('cpu');
  const shown = hottest(members, by, SHOWN_MAX);
  if (shown.length === 0) return <p className="empty">{words.noNodes}</p>;
  return (
    <div className="hot-nodes">
      <header>
        <span>
          {shown.length < members.length
            ? words.hotMost(shown.length, members.length)
            : words.nodes(shown.length)}
        </span>
        <div className="seg" role="group" aria-label={words.hotBy}>
          {KINDS.map((kind) => (
            <button key={kind} type="button" aria-pressed={kind === by} onClick={() => setBy(kind)}>
              {words[kind]}
            </button>
          ))}
        </div>
      </header>
      <ul>
        {shown.map((node) => (
          <HotNode key={node.name} node={node} />
        ))}
      </ul>
    </div>
  );
}

function HotNode({ node }: { node: SceneNode }) {
  const { actions } = usePage();
  const { name, cpu, memory, podCount, ready, registered } = node;
  const kind = registered ? 'Node' : 'Machine';
  const bars = [
    { label: words.cpu, share: ratio(cpu), text: cpuShare(cpu) },
    { label: words.memory, share: ratio(memory), text: memoryShare(memory) },
  ];
  return (
    <li>
      <button
        type="button"
        onClick={() => actions.inspect({ kind, namespace: '', name, text: name })}
      >
        <b className="mono">{name}</b>
        <span className={ready === 'Ready' ? undefined : 't-fail'}>
          {ready === 'Ready' ? words.pods(podCount) : words.notReady}
        </span>
        <span className="hot-bars">
          {bars.map(({ label, share, text }) => (
            <span key={label} className={share > 0.9 ? 'is-full' : undefined}>
              <span>{label}</span>
              <i aria-hidden="true">
                <u style={{ width: `${share * 100}%` }} />
              </i>
              <span className="mono num">{text}</span>
            </span>
          ))}
        </span>
      </button>
    </li>
  );
}
