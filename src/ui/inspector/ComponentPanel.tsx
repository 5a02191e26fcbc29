import { useShallow } from 'zustand/react/shallow';
import { megabytes } from '../canvas/quantities';
import { usePage } from '../app/page-context';
import { useScene } from '../state/scene-store';
import type { SceneState, Selection } from '../state/scene-store';
import { componentWords } from './component-words';
import { inspectorMessages } from './messages';

const { facts } = inspectorMessages;

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
      {words && <p className="t-3">{facts.without(words.without)}</p>}
    </div>
  );
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
