// The tab's engine: an EngineHost in a Web Worker, ticking on the worker's own timer. The extension
// is loaded when the page says that what it needs first has come, or when something needs it.
import type { Extension } from '../cluster/extension-parts';
import { EngineHost } from './engine-host';
import type { FromEngine, ToEngine } from './protocol';

const TICK_MS = 16;

const scope = self as unknown as {
  postMessage(message: FromEngine, transfer: ArrayBuffer[]): void;
  onmessage: ((event: { data: ToEngine }) => void) | null;
};

const host = new EngineHost(
  (message, transfer = []) => scope.postMessage(message, transfer),
  () => performance.now(),
  loadExtension,
  loadHistory,
);

function guarded(act: () => void): void {
  try {
    act();
  } catch (error) {
    clearInterval(timer);
    const { message, stack = '' } = error instanceof Error ? error : new Error(String(error));
    scope.postMessage({ type: 'crashed', message, stack }, []);
  }
}

function loadExtension(): void {
  const arrived = (extension?: Extension): void => guarded(() => host.extend(extension));
  import('../cluster/extension').then(
    ({ extension }) => arrived(extension),
    // Without it the cluster lives on: kinds beyond the first are not served.
    (error: unknown) => {
      console.warn('the rest of the engine did not load', error);
      arrived();
    },
  );
}

function loadHistory(): void {
  import('./history/history').then(
    ({ createHistory }) => guarded(() => host.remember(createHistory)),
    // Without it the cluster lives on, from moment to moment.
    (error: unknown) => {
      console.warn('the history did not load', error);
      guarded(() => host.remember(undefined));
    },
  );
}

// The story can wait for the first picture; what has happened by then it tells too.
import('../scene/story-teller').then(
  ({ storyTeller }) => guarded(() => host.tellWith(storyTeller)),
  (error: unknown) => console.warn('the story did not load', error),
);

scope.onmessage = ({ data }) => guarded(() => host.receive(data));
const timer = setInterval(() => guarded(() => host.tick()), TICK_MS);
