// What a person can do to the cluster and to the world beneath it. Each act says for what it is
// offered at the moment, what it has to ask before, and the command that a person could type to do
// the same; menus, keys, the drop rail and the inspector all read the one registry.
import type { HttpRequest, HttpResponse } from '../../host/protocol';
import type { SceneData, Selection } from '../state/scene-store';
import type { IconName } from '../theme/icon-paths';

/** An object of the picture; kind 'Canvas' is the cluster as a whole. */
export type ActTarget = Selection;

export type Request = (request: HttpRequest) => Promise<HttpResponse>;

/** Sends many together: they come to the API server one after the other, with nothing between. */
export type RequestAll = (requests: readonly HttpRequest[]) => Promise<HttpResponse[]>;

/** Something to be asked before an act: a text, or one of several. */
export interface Field {
  name: string;
  label: string;
  value: string;
  choices?: readonly string[];
  hint?: string;
  optional?: boolean;
}

export type Values = Readonly<Record<string, string>>;

/** What an act needs while it is carried out. */
export interface Sending {
  request: Request;
  requestAll: RequestAll;
  /** Says how far it has come. */
  tell(progress: string): void;
  /** Resolves after a span of the cluster's own time. */
  wait(virtualMs: number): Promise<void>;
  /** True once the person wants it to end. */
  isStopped(): boolean;
}

export interface Plan {
  /** What a person would type. */
  command: string;
  /** Answers in the words of kubectl; throws Refusal in those of the server. */
  run(sending: Sending): Promise<string>;
}

/** One way to do an act with one target. */
export interface Offer {
  /** Tells it from other offers of the act with the same target. */
  id: string;
  /** A verb and its object. */
  name: string;
  /** What will happen. */
  about?: string;
  fields?: readonly Field[] | ((request: Request) => Promise<readonly Field[]>);
  /** May read before it knows what to send. Throws Refusal when it cannot be done. */
  plan(values: Values, request: Request): Plan | Promise<Plan>;
}

/** Where in a menu an act stands. */
export type ActGroup = 'pod' | 'node' | 'machine' | 'programs' | 'cluster' | 'end';

export interface Act {
  id: string;
  group: ActGroup;
  icon: IconName;
  /** On what has the focus. */
  key?: string;
  /** Stops or takes away something. */
  grave?: boolean;
  /** None when the act makes no sense for the target at this moment. */
  offers(target: ActTarget, scene: SceneData): Offer[];
}

/** An act that was not done, in the words of who refused it. */
export class Refusal extends Error {
  override readonly name = 'Refusal';

  /** With the `reason` of the server's Status, where it was the server that refused. */
  constructor(
    message: string,
    readonly reason?: string,
  ) {
    super(message);
  }
}
