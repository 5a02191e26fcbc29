import { usePage } from '../../app/page-context';
import type { PodLook } from '../../../scene/scene';
import { PodShape } from '../../canvas/PodShape';
import { SHOWN_LOOKS } from '../../canvas/silhouette';
import { cpuShare, grouped, memoryShare, ratio } from '../../canvas/quantities';
import type { Part } from '../../state/node-groups';
import { nodeSums, type GroupFigures, type Share } from './group-figures';
import type { Trouble } from './troubles';
import { words } from './words';

interface OverviewProps {
  figures: GroupFigures;
  troubles: readonly Trouble[];
  parts: readonly Part[];
}

/**
 * How the pods look, what is wrong, what is requested, how the nodes are, and what it is made of.
 */
export function GroupOverview({ figures, troubles, parts }: OverviewProps) {
  return (
    <div className="group-overview">
      <Looks figures={figures} />
      <Troubles troubles={troubles} />
      <section>
        <h3>{words.requested}</h3>
        <ul className="parts">
          <Fill label={words.cpu} share={figures.cpu} text={cpuOf(figures.cpu)} />
          <Fill label={words.memory} share={figures.memory} text={memoryOf(figures.memory)} />
        </ul>
      </section>
      <NodeCounts figures={figures} />
      {parts.length > 0 && <Parts parts={parts} />}
    </div>
  );
}

/** One bar a look, measured against all pods. */
function Looks({ figures: { looks, pods } }: { figures: GroupFigures }) {
  return (
    <ul className="looks" aria-label={words.podsTitle}>
      {SHOWN_LOOKS.filter((look) => looks[look] > 0).map((look) => (
        <li key={look} data-look={look}>
          <Sample look={look} />
          <span>{words.looks[look]}</span>
          <i aria-hidden="true">
            <u style={{ width: `${(looks[look] / pods) * 100}%` }} />
          </i>
          <b className="num">{grouped(looks[look])}</b>
        </li>
      ))}
    </ul>
  );
}

function Sample({ look }: { look: PodLook }) {
  return (
    <span className="pod" data-look={look} aria-hidden="true">
      <PodShape look={look} w={24} h={24} shape="cell" hue={1} current containers={[]} />
    </span>
  );
}

function Troubles({ troubles }: { troubles: readonly Trouble[] }) {
  return (
    <section className="troubles">
      <h3 className="sr-only">{words.nowTitle}</h3>
      {troubles.length === 0 && <p className="t-3">{words.allWell}</p>}
      {troubles.map(({ id, tone, title, about }) => (
        <div key={id} className={`trouble is-${tone}`}>
          <h4>{title}</h4>
          <p>{about}</p>
        </div>
      ))}
    </section>
  );
}

interface FillProps {
  label: string;
  share: Share;
  text: string;
}

function Fill({ label, share, text }: FillProps) {
  const part = ratio(share);
  return (
    <li className="part">
      <span className="part-name">{label}</span>
      <span className="mono num">{text}</span>
      <i className={part > 0.9 ? 'is-full' : undefined} aria-hidden="true">
        <u style={{ width: `${part * 100}%` }} />
      </i>
      <span className="num">{Math.round(part * 100)}%</span>
    </li>
  );
}

/** '1 080/2 004': whole cores once there are many. */
function cpuOf(cpu: Share): string {
  if (cpu.allocatable < MANY_CORES) return cpuShare(cpu);
  return `${grouped(cpu.requested / 1_000)}/${grouped(cpu.allocatable / 1_000)}`;
}

const MANY_CORES = 100_000;
const TIB = 1024 ** 4;

/** '2.4/7.8Ti' */
function memoryOf(memory: Share): string {
  if (memory.allocatable < TIB) return memoryShare(memory);
  const inTebibytes = (bytes: number): string => String(Number((bytes / TIB).toFixed(1)));
  return `${inTebibytes(memory.requested)}/${inTebibytes(memory.allocatable)}Ti`;
}

function NodeCounts({ figures: { ready, notReady, cordoned } }: { figures: GroupFigures }) {
  return (
    <section>
      <h3>{words.nodesTitle}</h3>
      <dl className="node-counts">
        <Counted name={words.ready} n={ready} tone="run" />
        <Counted name={words.notReady} n={notReady} tone="fail" />
        <Counted name={words.cordoned} n={cordoned} tone="pend" />
      </dl>
    </section>
  );
}

function Counted({ name, n, tone }: { name: string; n: number; tone: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd className={n > 0 ? `num t-${tone}` : 'num t-3'}>{grouped(n)}</dd>
    </div>
  );
}

/** Zones of a cluster, racks of a zone: each opens. */
function Parts({ parts }: { parts: readonly Part[] }) {
  const { actions } = usePage();
  return (
    <section>
      <h3>{parts[0]!.group.kind === 'Zone' ? words.zones : words.racks}</h3>
      <ul className="parts">
        {parts.map(({ group, members }) => {
          const { notReady, cpu } = nodeSums(members);
          return (
            <li key={group.name}>
              <button
                type="button"
                className="part"
                onClick={() => actions.inspect({ ...group, text: group.name })}
              >
                <b className="mono" title={group.name}>
                  {group.name}
                </b>
                <span className={notReady > 0 ? 't-fail' : undefined}>
                  {notReady > 0 ? words.down(notReady) : words.nodes(members.length)}
                </span>
                <i aria-hidden="true">
                  <u style={{ width: `${ratio(cpu) * 100}%` }} />
                </i>
                <span className="num">
                  {Math.round(ratio(cpu) * 100)}% {words.cpu}
                </span>
              </button>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
