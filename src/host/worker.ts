// The tab's engine: an EngineHost in a Web Worker, ticking on the worker's own timer. The extension
// is loaded when the page says that what it needs first has come, or when something needs it.
import type { Extension } from '../cluster/extension-parts';
import { EngineHost } from './engine-host';
import type { Keeper } from './keep/kept-form';
import type { FromEngine, StartOptions, ToEngine } from './protocol';

const TICK_MS = 16;
/** Between two stretches of writing a cluster down: the clock has its turn. */
const REST_MS = 12;

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

let keeper: Promise<Keeper> | undefined;
/** What is said while a kept cluster is read, for afterwards. */
let unheard: ToEngine[] | undefined;

function hear(message: ToEngine): void {
  if (unheard) unheard.push(message);
  else if (message.type === 'save') keep(message.id);
  else if (message.type === 'start' && message.options.saved instanceof ArrayBuffer) {
    startKept(message.options, message.options.saved);
  } else host.receive(message);
}

function startKept(options: StartOptions, kept: ArrayBuffer): void {
  unheard = [];
  host.receive({ type: 'extend' });
  loadKeeper()
    .then((loaded) => loaded.read(kept))
    .then(
      (saved) => guarded(() => startRead({ ...options, saved })),
      (error: unknown) =>
        guarded(() => {
          throw error;
        }),
    );
}

function startRead(options: StartOptions): void {
  const said = unheard!;
  unheard = undefined;
  host.receive({ type: 'start', options });
  for (const message of said) hear(message);
}

function loadKeeper(): Promise<Keeper> {
  const rest = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, REST_MS));
  const deps = { wallMs: () => performance.now(), rest };
  keeper ??= import('./keep/kept-form').then(({ Keeper: Loaded }) => new Loaded(deps));
  return keeper;
}

function keep(id: number): void {
  loadKeeper()
    .then((loaded) => loaded.keep(host.running.save()))
    .then(
      (saved) => scope.postMessage({ type: 'saved', id, saved }, [saved]),
      // As it is, then: larger, but the same.
      () => guarded(() => host.receive({ type: 'save', id })),
    );
}

scope.onmessage = ({ data }) => guarded(() => hear(data));
const timer = setInterval(() => guarded(() => host.tick()), TICK_MS);
