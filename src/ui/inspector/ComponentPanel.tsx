import { useShallow } from 'zustand/react/shallow';
import { megabytes } from '../canvas/quantities';
import { catalog } from '../../i18n/catalog';
import type { ScenePlace } from '../../scene/scene';
import { usePage } from '../app/page-context';
import { useScene } from '../state/scene-store';
import type { SceneState, Selection } from '../state/scene-store';
import { componentWords } from './component-words';
import { inspectorMessages } from './messages';
import { useRequests } from './request-log';

const { facts } = inspectorMessages;
const later = catalog.inspection;

type Fact = readonly [label: string, value: string];

/** A program of the cluster: what it does, how it is, what it is busy with. */
export function ComponentPanel({ selection }: { selection: Selection }) {
  const { actions } = usePage();
  const { name } = selection;
  const words = componentWords(name);
  const told = useScene(useShallow((scene) => factsOf(scene, name).flat()));
  const pod = useScene((scene) => podOf(scene, name));
  return (
    <div className="summary-tab">
      {words && <p>{words.does}</p>}
      <dl className="rows">
        {told.map((label, at) =>
          at % 2 === 0 ? (
            <div key={label}>
              <dt>{label}</dt>
              <dd className="num">{told[at + 1]}</dd>
            </div>
          ) : null,
        )}
        {pod && (
          <div>
            <dt>{facts.pod}</dt>
            <dd>
              <button
                type="button"
                className="link mono"
                onClick={() =>
                  actions.inspect({ kind: 'Pod', namespace: 'kube-system', name: pod, text: pod })
                }
              >
                {pod}
              </button>
            </dd>
          </div>
        )}
      </dl>
      <Waits name={name} />
      {words && <p className="t-3">{facts.without(words.without)}</p>}
      <Requests name={name} />
    </div>
  );
}

/** What moves it to act. */
function Waits({ name }: { name: string }) {
  const all: Record<string, string> = later.waitsFor;
  const key = Object.keys(all).find((it) => name === it || name.startsWith(`${it}-`));
  return key === undefined ? null : (
    <p>
      <b>{later.waits}</b> {all[key]}
    </p>
  );
}

function Requests({ name }: { name: string }) {
  const requests = useRequests(placeOf(name));
  return (
    <section className="component-requests">
      <h3>{later.requests}</h3>
      {requests.length === 0 && <p className="t-3">{later.noRequests}</p>}
      <ol>
        {requests.map(({ id, verb, what, code }) => (
          <li key={id}>
            <b>{verb}</b>
            <span>{what}</span>
            <span className={code >= 400 ? 't-fail num' : 'num'}>{code}</span>
          </li>
        ))}
      </ol>
    </section>
  );
}

/** A kubelet's requests come from its node. */
function placeOf(name: string): ScenePlace {
  const [, node] = /^kubelet-(.+)$/.exec(name) ?? [];
  return node === undefined ? (name as ScenePlace) : `node:${node}`;
}

function factsOf(scene: SceneState, name: string): Fact[] {
  const { gauges, components, controllers } = scene;
  const component = components.find((it) => it.name === name);
  const state: Fact[] = component
    ? [
        [facts.state, component.leader ? facts.leads(component.state) : component.state],
        [facts.machine, component.machine],
      ]
    : [];
  switch (name) {
    case 'kube-apiserver':
      return [
        ...state,
        [facts.requests, String(Math.round(gauges.requestsPerSecond))],
        [facts.watches, String(gauges.watchCount)],
      ];
    case 'etcd':
      return [
        ...state,
        [facts.revision, String(gauges.revision)],
        [facts.objects, String(gauges.objectCount)],
        [facts.size, megabytes(gauges.databaseBytes)],
      ];
    case 'kube-scheduler':
      return [
        ...state,
        [facts.waiting, String(gauges.schedulerActive)],
        [facts.backingOff, String(gauges.schedulerBackoff)],
        [facts.unschedulable, String(gauges.schedulerUnschedulable)],
      ];
    case 'kube-controller-manager':
      return [...state, ...controllers.map((it): Fact => [it.name, facts.queue(it.queue)])];
    default:
      return state;
  }
}

/** Name of the static pod that the component runs in: 'etcd-m1'; '' when there is none. */
function podOf(scene: SceneState, name: string): string {
  const machine = scene.components.find((it) => it.name === name)?.machine;
  const pod = `${name}-${machine}`;
  return scene.pods.has(`kube-system/${pod}`) ? pod : '';
}
