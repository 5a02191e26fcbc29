// The tab's engine: an EngineHost in a Web Worker, ticking on the worker's own timer.
import { EngineHost } from './engine-host';
import type { FromEngine, ToEngine } from './protocol';

const TICK_MS = 16;

const scope = self as unknown as {
  postMessage(message: FromEngine): void;
  onmessage: ((event: { data: ToEngine }) => void) | null;
};

const host = new EngineHost(
  (message) => scope.postMessage(message),
  () => performance.now(),
);

function guarded(act: () => void): void {
  try {
    act();
  } catch (error) {
    clearInterval(timer);
    const { message, stack = '' } = error instanceof Error ? error : new Error(String(error));
    scope.postMessage({ type: 'crashed', message, stack });
  }
}

scope.onmessage = ({ data }) => guarded(() => host.receive(data));
const timer = setInterval(() => guarded(() => host.tick()), TICK_MS);
