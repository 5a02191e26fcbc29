// The panel of many nodes: the whole cluster, a zone or a rack of it. All of it is read from the
// scene that the page holds anyway, a few times a second; events alone are watched for it.
import { useMemo, useState } from 'react';
import { clusterName } from '../../app/cluster-name';
import { usePage } from '../../app/page-context';
import { TabList } from '../../app/TabList';
import { useVirtualSecond } from '../../app/use-virtual-age';
import { grouped } from '../../canvas/quantities';
import { CLUSTER, isControlPlane, partsOf, zoneGroup, type Group } from '../../state/node-groups';
import { useReadout } from '../../state/scene-readout';
import { useStoryBook } from '../../story/story-book';
import { Icon } from '../../theme/Icon';
import { ActionsMenu, CloseButton } from '../InspectorHead';
import { GroupEvents, useEventsOf } from './GroupEvents';
import { groupFigures, type GroupFigures } from './group-figures';
import { GroupOverview } from './GroupOverview';
import { HotNodes } from './HotNodes';
import { lostAtIn } from './lost-at';
import { troublesOf, type Mend } from './troubles';
import { words } from './words';
import './group.css';

type TabId = 'overview' | 'hot' | 'group-events';

/** Over so many nodes the picture is of blocks. */
const BLOCKS_FROM = 60;

export default function GroupPanel({ group }: { group: Group }) {
  const scene = useReadout((state) => state);
  const { nodes, pods } = scene;
  const figures = useMemo(() => groupFigures({ nodes, pods }, group), [nodes, pods, group]);
  const parts = useMemo(() => partsOf(group, nodes), [group, nodes]);
  const stories = useStoryBook((book) => book.stories);
  const nowMs = useVirtualSecond();
  const troubles = troublesOf(scene, group, figures, nowMs, (lost) => lostAtIn(stories, lost));
  const events = useEventsOf(group, scene);
  const [tab, setTab] = useState<TabId>('overview');
  const name = nameOf(group);
  const mend = troubles.find((trouble) => trouble.mend)?.mend;
  return (
    <div className="inspector group-panel" role="region" aria-label={words.label(name)}>
      <GroupHead group={group} figures={figures} name={name} />
      <TabList<TabId>
        label={name}
        tabs={[
          { id: 'overview', name: words.tabs.overview },
          { id: 'hot', name: words.tabs.hot },
          {
            id: 'group-events',
            name: (
              <>
                {words.tabs.events} <span className="n num">{grouped(events.length)}</span>
              </>
            ),
          },
        ]}
        active={tab}
        onChoose={setTab}
      />
      <div
        className="inspector-body"
        role="tabpanel"
        id={`panel-${tab}`}
        aria-labelledby={`tab-${tab}`}
        tabIndex={0}
      >
        {tab === 'overview' && (
          <GroupOverview figures={figures} troubles={troubles} parts={parts} />
        )}
        {tab === 'hot' && <HotNodes members={figures.members} />}
        {tab === 'group-events' && <GroupEvents rows={events} />}
      </div>
      <Foot mend={mend} isLarge={nodes.size > BLOCKS_FROM} />
    </div>
  );
}

function nameOf({ kind, name }: Group): string {
  if (kind === 'Canvas') return words.cluster;
  return kind === 'Rack' ? words.rack(name) : name;
}

interface HeadProps {
  group: Group;
  figures: GroupFigures;
  name: string;
}

function GroupHead({ group, figures, name }: HeadProps) {
  const { session, actions } = usePage();
  const { preset } = session.describe();
  const isCluster = group.kind === 'Canvas';
  const { members, pods } = figures;
  const isSized = preset.startsWith('nodes-');
  const about = isCluster
    ? [
        isSized ? '' : words.nodes(members.length),
        words.pods(pods),
        words.controlPlanes(members.filter(isControlPlane).length),
        isSized ? 'kubeadm' : '',
      ]
    : [words.nodes(members.length), words.pods(pods)];
  const above = group.kind === 'Rack' ? [CLUSTER, zoneGroup(group.namespace)] : [CLUSTER];
  return (
    <header className="inspector-head">
      <span className="inspector-icon">
        <Icon name="tank" size={20} />
      </span>
      <div className="inspector-title">
        <h2 className={isCluster ? undefined : 'mono'}>{isCluster ? clusterName(preset) : name}</h2>
        <p>
          {!isCluster &&
            above.map((each) => (
              <span key={each.kind}>
                <button
                  type="button"
                  className="link"
                  onClick={() => actions.inspect({ ...each, text: each.name })}
                >
                  {nameOf(each)}
                </button>
                {' · '}
              </span>
            ))}
          {about.filter(Boolean).join(' · ')}
        </p>
      </div>
      <ActionsMenu selection={group} disabled={false} />
      <CloseButton />
    </header>
  );
}

/** The way back, where something is down that a hand has done. */
function Foot({ mend, isLarge }: { mend: Mend | undefined; isLarge: boolean }) {
  const { actions } = usePage();
  if (!mend && !isLarge) return null;
  return (
    <footer className="group-foot">
      <span>{isLarge && words.hint}</span>
      {mend && (
        <button
          type="button"
          className="btn out"
          onClick={() => actions.act(mend.act, mend.target, mend.offer)}
        >
          {mend.name}
        </button>
      )}
    </footer>
  );
}
