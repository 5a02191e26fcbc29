// What images do in the cluster while a container of them runs: controllers that people install,
// tools that jobs run. A program is registered once for its image (`ContainerProcess.program`); it
// gets a client over the machine's cable, as its pod's service account, and dies with its
// container: at once when that is killed, after a last word when it ends cleanly.
// Where the real one differs: what it may do is not limited by the account's roles.
import type { KubeObject } from '../api/object';
import type { Container as ContainerSpec, Pod } from '../api/types';
import { Component, type Pace } from '../client/component';
import type { Transport } from '../client/transport';
import { Scope } from '../sim/scope';
import type { Simulation } from '../sim/simulation';
import type { ContainerRun, ContainerRuntime } from './container-runtime';
import { spokenEnvironment } from './environment';

/** One container at work. */
export interface ProgramContext {
  /** Its scope ends with the container. */
  readonly component: Component;
  readonly pod: Pod;
  readonly container: ContainerSpec;
  /** Command and arguments, with the variables that they name. */
  readonly words: readonly string[];
}

/** What the API server asks of an admission webhook; answers with the reason for a refusal. */
export type AdmissionAnswer = (object: KubeObject) => string | undefined;

export interface RunningProgram {
  /** Called when the container ends by itself or by SIGTERM, before its scope stops. */
  ended?(): void;
  /** Set by programs that answer admission webhooks. */
  readonly admit?: AdmissionAnswer;
}

export interface PodProgram {
  /** As images name it in their process. */
  readonly name: string;
  /** Source of its Events, and how it calls itself to the API server. */
  readonly agent: string;
  start(context: ProgramContext): RunningProgram | void;
}

/** A machine on which programs may run. */
export interface ProgramSite {
  readonly sim: Simulation;
  readonly pace: Pace;
  readonly machine: string;
  readonly link: Transport;
  readonly runtime: ContainerRuntime;
  podOf(uid: string): Pod | undefined;
}

export type HostPrograms = (site: ProgramSite) => void;

interface Life {
  readonly scope: Scope;
  readonly running: RunningProgram | void;
}

/** By simulation, then by the pod's uid: who answers admission webhooks. */
const answering = new WeakMap<Simulation, Map<string, AdmissionAnswer>>();

/** How that pod answers an admission webhook; undefined when nobody in it would. */
export function admissionAnswerOf(sim: Simulation, podUid: string): AdmissionAnswer | undefined {
  return answering.get(sim)?.get(podUid);
}

/** Runs these programs on whatever machine it is told of. */
export function hostOf(programs: readonly PodProgram[]): HostPrograms {
  return (site) => {
    for (const program of programs) host(program, site);
  };
}

function host(program: PodProgram, site: ProgramSite): void {
  const { runtime } = site;
  /** By the container's id. */
  const lives = new Map<string, Life>();
  const start = (run: ContainerRun): void => {
    const life = begin(program, site, run);
    if (life) lives.set(run.container.id, life);
  };
  runtime.onProgram(program.name, {
    start: (run) => run && start(run),
    stop(run) {
      if (!run) return;
      const life = lives.get(run.container.id);
      lives.delete(run.container.id);
      if (!life) return;
      if (run.container.reason === 'Completed') life.running?.ended?.();
      answering.get(site.sim)?.delete(run.podUid);
      life.scope.stop();
    },
  });
  for (const { podUid, containers } of runtime.sandboxes.values()) {
    for (const container of containers) {
      const isIts = container.process.program === program.name;
      if (isIts && container.state === 'Running') start({ podUid, container });
    }
  }
}

function begin(
  { agent, start }: PodProgram,
  { sim, pace, machine, link, podOf }: ProgramSite,
  { podUid, container, pod = podOf(podUid) }: ContainerRun,
): Life | undefined {
  const spec = pod?.spec.containers.find(({ name }) => name === container.name);
  if (!pod || !spec) return undefined;
  const { namespace } = pod.metadata;
  const actor = `${agent} pod/${machine}/${namespace}/${pod.spec.serviceAccountName ?? 'default'}`;
  const scope = new Scope(sim.clock);
  const component = new Component(sim, scope, link, pace, { name: agent, host: '', actor });
  const running = start({ component, pod, container: spec, words: wordsOf(spec, pod) });
  if (running?.admit) {
    const known = answering.get(sim) ?? new Map<string, AdmissionAnswer>();
    answering.set(sim, known.set(podUid, running.admit));
  }
  return { scope, running };
}

function wordsOf(spec: ContainerSpec, pod: Pod): string[] {
  const environment = spokenEnvironment(spec, pod);
  return [...(spec.command ?? []), ...(spec.args ?? [])].map((word) =>
    word.replace(/\$\((\w+)\)/g, (text, name: string) => environment[name] ?? text),
  );
}

/** The value of '--name=value' among a program's words; undefined without it. */
export function flagOf(words: readonly string[], name: string): string | undefined {
  for (const word of words) {
    const [, flag, value] = /^--?([^=]+)(?:=(.*))?$/s.exec(word) ?? [];
    if (flag?.toLowerCase() === name) return value ?? 'true';
  }
  return undefined;
}
