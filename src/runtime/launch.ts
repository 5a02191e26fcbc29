// Which process a container becomes: the image's own, or what its command and arguments ask for.
import type { Container } from '../api/types';
import { agnhostProcess, isAgnhost } from './agnhost-process';
import { SHELL, job, server, unstartable, type ContainerProcess } from './container-process';
import type { ImageDefinition } from './image-definition';
import type { FileSpan } from './container-process';
import { NO_ENVIRONMENT, type Environment } from './environment';
import { outgrowsLimit } from './load-model';
import { isBareShell, scriptForesight, UNKNOWN_PLAN, type ScriptProgress } from './scripts';
import type { ScriptPlan } from './shell/progress';

const UNKNOWN_IMAGE_START_MS = 300;

const CACHE_MAX = 512;
const cache = new Map<string, ContainerProcess>();

/** A command that nothing is known of, where it is expected to end: it does a little and leaves. */
const ERRAND_MS = 3000;

const AWAIT_MS = 200;

/** What takes more memory than it may have. */
const OUTGROWN = job(600, 137, { exitReason: 'OOMKilled' });

/** What a container finds besides its image. */
export interface Surroundings {
  readonly environment: Environment;
  /** Files that an earlier attempt left on its volumes. */
  readonly files: readonly FileSpan[];
  /** True for what is expected to end: init containers, containers of Jobs. */
  readonly isErrand?: boolean;
}

const NOTHING: Surroundings = Object.freeze({ environment: NO_ENVIRONMENT, files: [] });

/** The process that this container's spec starts on that image; undefined: an unknown image. */
export function launch(
  spec: Container,
  image: ImageDefinition | undefined,
  surroundings = NOTHING,
): ContainerProcess {
  const isPlain = !spec.command?.length && !spec.args?.length;
  const isConfigured = hasOwnMounts(spec);
  if (isPlain && image && !isConfigured && !spec.stdin) return image.process;
  if (outgrowsLimit(spec)) return OUTGROWN;
  // Equal containers share one process, so that ten thousand of them cost no memory.
  const key = JSON.stringify([
    image?.name,
    spec.command,
    spec.args,
    declaredPorts(spec),
    isConfigured,
    spec.stdin,
    surroundings,
  ]);
  let process = cache.get(key);
  if (!process) {
    process = isPlain
      ? launchPlain(spec, image, surroundings)
      : launchWords(spec, image, surroundings);
    // What asks on its way is each time another run.
    if (process.asks) return process;
    if (cache.size >= CACHE_MAX) cache.clear();
    cache.set(key, process);
  }
  return process;
}

function launchPlain(
  spec: Container,
  image: ImageDefinition | undefined,
  surroundings: Surroundings,
): ContainerProcess {
  if (image?.process === SHELL && spec.stdin) return waitingShell(SHELL);
  return image ? withMountedConfig(image.process, spec) : unknownProcess(spec, surroundings);
}

function launchWords(
  spec: Container,
  image: ImageDefinition | undefined,
  surroundings: Surroundings,
): ContainerProcess {
  if (!spec.command?.length) return launchWithArguments(spec, image, surroundings);
  return launchCommand([...spec.command, ...(spec.args ?? [])], spec, image, surroundings);
}

function launchWithArguments(
  spec: Container,
  image: ImageDefinition | undefined,
  surroundings: Surroundings,
): ContainerProcess {
  if (!image) return unknownProcess(spec, surroundings);
  if (isAgnhost(image)) return agnhostProcess(spec.args!, declaredPorts(spec));
  if (image.entrypoint) {
    return launchCommand([...image.entrypoint, ...spec.args!], spec, image, surroundings);
  }
  // Base images have no entrypoint of their own, so that arguments are the command; those that
  // stand for a program have one, whatever its first argument is called.
  const { exitAfterMs, program } = image.process;
  const isCommand =
    !program &&
    (exitAfterMs < Infinity || scriptForesight()?.isCommonExecutable(spec.args![0]) === true);
  return isCommand
    ? launchCommand(spec.args!, spec, image, surroundings)
    : withMountedConfig(image.process, spec);
}

function launchCommand(
  words: readonly string[],
  spec: Container,
  image: ImageDefinition | undefined,
  surroundings: Surroundings,
): ContainerProcess {
  const { files, environment, isErrand = false } = surroundings;
  const [name] = words;
  const isOwn = image?.executables?.includes(name);
  if (image && isOwn && isAgnhost(image)) {
    return agnhostProcess(words.slice(1), declaredPorts(spec));
  }
  const foresight = scriptForesight();
  if (!foresight) {
    if (isOwn) return ofPlan(UNKNOWN_PLAN, spec, image, isErrand);
    return awaiting(() => launchCommand(words, spec, image, surroundings));
  }
  if (image?.isClosed && !isOwn && !foresight.isCommonExecutable(name)) {
    return unstartable(notFound(name));
  }
  if (spec.stdin && isBareShell(words)) return waitingShell(image?.process);
  return ofProgress(foresight.beginCommand(words, files, environment), spec, image, isErrand);
}

/** Runs on until scripts are foreseen, and is then what it would have been. */
function awaiting(launched: () => ContainerProcess, atMs = 0): ContainerProcess {
  return {
    ...job(Infinity),
    asks: {
      atMs,
      question: { host: '', port: 0 },
      answer: (_isThere, nowMs) =>
        scriptForesight() ? launched() : awaiting(launched, nowMs + AWAIT_MS),
    },
  };
}

/** The process as far as it is foreseen. */
function ofProgress(
  progress: ScriptProgress,
  spec: Container,
  image: ImageDefinition | undefined,
  isErrand: boolean,
): ContainerProcess {
  const { plan, asked } = progress;
  if (!asked) return ofPlan(plan, spec, image, isErrand);
  return {
    ...job(Infinity, 0, { files: [...plan.files], ...userOf(image), ...stopOf(plan) }),
    asks: {
      ...asked,
      answer: (isThere, atMs) => ofProgress(progress.answer(isThere, atMs), spec, image, isErrand),
    },
  };
}

function ofPlan(
  plan: ScriptPlan,
  spec: Container,
  image: ImageDefinition | undefined,
  isErrand: boolean,
): ContainerProcess {
  const more = { files: plan.files, ...userOf(image), ...stopOf(plan) };
  if (plan.port >= 0 && plan.runsMs === Infinity) {
    return server([plan.port], 50, { ...more, onTerminate: undefined });
  }
  if (!plan.isUnknown) return job(plan.runsMs, plan.exitCode, more);
  if (isErrand && !image?.process.ports.length) return job(plan.runsMs + ERRAND_MS, 0, more);
  if (!image) return server(declaredPorts(spec), UNKNOWN_IMAGE_START_MS, more);
  const ports = [...image.process.ports, ...declaredPorts(spec)];
  return server(ports, image.process.startMs || UNKNOWN_IMAGE_START_MS, {
    ...more,
    program: image.process.program,
    http: image.process.http,
  });
}

function stopOf({ stopsWith }: ScriptPlan): Partial<ContainerProcess> {
  return stopsWith === undefined ? {} : { onTerminate: { afterMs: 50, exitCode: stopsWith } };
}

function userOf(image: ImageDefinition | undefined): Partial<ContainerProcess> {
  const user = image?.process.user;
  return user ? { user } : {};
}

/** A shell whose input stays open: it waits for what somebody may type. */
function waitingShell(like: ContainerProcess | undefined): ContainerProcess {
  return job(Infinity, 0, like?.user ? { user: like.user } : {});
}

function unknownProcess(spec: Container, { isErrand }: Surroundings): ContainerProcess {
  return isErrand ? job(ERRAND_MS) : server(declaredPorts(spec), UNKNOWN_IMAGE_START_MS);
}

/** A server whose files or configuration come from a volume may listen and answer as declared. */
function withMountedConfig(process: ContainerProcess, spec: Container): ContainerProcess {
  if (!hasOwnMounts(spec) || process.program || process.exitAfterMs < Infinity) return process;
  return { ...process, ports: [...process.ports, ...declaredPorts(spec)], http: [] };
}

/** True when volumes other than the service account's token are mounted. */
function hasOwnMounts(spec: Container): boolean {
  return Boolean(
    spec.volumeMounts?.some(
      (mount) => !mount.mountPath.startsWith('/var/run/secrets/kubernetes.io/'),
    ),
  );
}

function declaredPorts(spec: Container): number[] {
  return (spec.ports ?? [])
    .filter((port) => (port.protocol ?? 'TCP') === 'TCP')
    .map((port) => port.containerPort);
}

function notFound(name: string): string {
  const why = name.includes('/')
    ? `exec: "${name}": stat ${name}: no such file or directory`
    : `exec: "${name}": executable file not found in $PATH`;
  return (
    'failed to create containerd task: failed to create shim task: OCI runtime create failed: ' +
    'runc create failed: unable to start container process: error during container init: ' +
    why
  );
}
