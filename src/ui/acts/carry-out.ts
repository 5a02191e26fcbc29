// Carries an act out over whatever engine runs: noted before it is sent, so that it can be undone;
// told at the canvas's foot as the command that a person would type, with what became of it.
import { noteAct } from '../state/history';
import { engineStore } from '../state/engine-store';
import { Refusal, type Offer, type Request, type RequestAll } from './act';
import type { Sending, Values } from './act';
import { beginLine } from './act-store';
import { words } from './words';

/** Looked at as often while it waits, in ms of the wall clock. */
const WAIT_LOOK_MS = 100;

/** What asks the engine of the moment; it rejects when there is none. */
export const request: Request = (asked) => {
  const { engine } = engineStore.getState();
  return engine ? engine.request(asked) : Promise.reject(new Error('no engine'));
};

const requestAll: RequestAll = (asked) => {
  const { engine } = engineStore.getState();
  return engine ? engine.requestAll(asked) : Promise.reject(new Error('no engine'));
};

/** Does what was offered with what the person answered. Resolves when it has ended. */
export async function carryOut(
  offer: Offer,
  values: Values,
  about: string,
  touched: () => void,
): Promise<void> {
  let line = beginLine('…');
  try {
    const plan = await offer.plan(values, request);
    line = beginLine(plan.command);
    let isStopped = false;
    const stop = () => {
      isStopped = true;
    };
    const sending: Sending = {
      request,
      requestAll,
      // Only what takes its time can be stopped on its way.
      tell: (message) => line({ message, stop }),
      wait,
      isStopped: () => isStopped,
    };
    noteAct(`${offer.name.replace(/…$/, '')} · ${about}`);
    const message = await plan.run(sending);
    touched();
    line({ state: 'done', message, stop: undefined });
  } catch (error) {
    touched();
    const isRefused = error instanceof Refusal;
    const text = error instanceof Error ? error.message : String(error);
    const message = isRefused ? words.refused(text) : words.lost(text);
    line({ state: 'refused', message, stop: undefined });
  }
}

/** Resolves once the cluster's clock has gone so far, or the engine is another. */
function wait(virtualMs: number): Promise<void> {
  const { engine, clock } = engineStore.getState();
  const untilMs = clock.nowMs + virtualMs;
  return new Promise((resolve) => {
    const look = () => {
      const now = engineStore.getState();
      if (now.engine !== engine || now.clock.nowMs >= untilMs) resolve();
      else setTimeout(look, WAIT_LOOK_MS);
    };
    setTimeout(look, WAIT_LOOK_MS);
  });
}
