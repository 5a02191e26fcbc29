// What a person does to the cluster with a gesture or a menu: each is one API request, and what it
// leads to comes back as the picture. A refusal is said in the server's words.
import type { Answer } from '../../kubectl/apply/exchange';
import type { Cascade } from '../../kubectl/apply/delete';
import type { CanvasActions } from '../canvas/actions';
import { engineStore } from './engine-store';
import { MACHINES_PATH } from './machines';
import { deleteObject, mergePatch } from './object-client';
import { objectPath } from './object-path';
import { sceneStore } from './scene-store';
import type { Selection } from './scene-store';
import type { Session } from './session';
import type { Transport } from './transport';

export interface ClusterActions extends CanvasActions {
  /** Deletes any object, its dependents as told; the server's default when not told. */
  remove(target: Selection, cascade?: Cascade): void;
}

/** The acts of a page, over whatever engine runs at the moment. */
export function clusterActions(session: Session, openInspector: () => void): ClusterActions {
  const send = (what: string, act: (engine: Transport) => Promise<Answer<unknown>>) => {
    void perform(session, what, act);
  };
  const machine = (name: string, spec: object) =>
    send(name, (engine) => mergePatch(engine, `${MACHINES_PATH}/${name}`, { spec }));
  const remove = (target: Selection, cascade?: Cascade) => {
    const path = objectPath(target);
    if (path) send(target.name, (engine) => deleteObject(engine, path, cascade));
  };
  return {
    inspect: ({ kind, namespace, name }) => {
      sceneStore.getState().select({ kind, namespace, name });
      openInspector();
    },
    powerOff: (name) => machine(name, { power: 'Off' }),
    powerOn: (name) => machine(name, { power: 'On' }),
    cutCable: (name) => machine(name, { network: 'Cut' }),
    plugCable: (name) => machine(name, { network: 'Connected' }),
    cordon: (name, on) =>
      send(name, (engine) => {
        const spec = { unschedulable: on ? true : null };
        return mergePatch(engine, `/api/v1/nodes/${name}`, { spec });
      }),
    deletePod: (namespace, name) => remove({ kind: 'Pod', namespace, name }),
    remove,
  };
}

async function perform(
  session: Session,
  what: string,
  act: (engine: Transport) => Promise<Answer<unknown>>,
): Promise<void> {
  const { engine } = engineStore.getState();
  if (!engine) return;
  try {
    const answer = await act(engine);
    session.touched();
    if (answer.ok) return;
    session.say({ kind: 'actionFailed', what, message: answer.status.message ?? '' });
  } catch (error) {
    session.say({ kind: 'actionFailed', what, message: String(error) });
  }
}
