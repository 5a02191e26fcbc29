// The stages that a request passes inside kube-apiserver, and where a refused one stopped: its
// status code says which stage refused it.

export const apiStages = ['authn', 'authz', 'admit', 'check', 'store'] as const;
export type ApiStage = (typeof apiStages)[number];

export interface StagePath {
  /** Stages that the request goes through, in order. */
  stages: readonly ApiStage[];
  /** True when the last of them refused it. */
  refused: boolean;
}

/** The way of a request through the server, from its verb and the code of its answer. */
export function stagePath(verb: string, code: number): StagePath {
  const upTo = (stage: ApiStage, refused: boolean): StagePath => ({
    stages: apiStages.slice(0, apiStages.indexOf(stage) + 1),
    refused,
  });
  if (code === 401) return upTo('authn', true);
  if (code === 403) return upTo('authz', true);
  if (code === 400 || code === 422) return upTo('check', true);
  if (isRefusal(verb, code)) return upTo('store', true);
  // Reads are neither admitted nor validated.
  if (isRead(verb)) return { stages: ['authn', 'authz', 'store'], refused: false };
  return upTo('store', false);
}

/** Whether an answer is a refusal: who looks whether something is there takes no for an answer. */
export function isRefusal(verb: string, code: number): boolean {
  return code >= 400 && !(code === 404 && isRead(verb));
}

/** A path in at most `chars` letters; its end is kept, because names differ there. */
export function shortPath(path: string, chars: number): string {
  if (path.length <= chars) return path;
  const tail = Math.min(6, Math.max(0, chars - 2));
  return `${path.slice(0, Math.max(1, chars - tail - 1))}…${path.slice(path.length - tail)}`;
}

function isRead(verb: string): boolean {
  return ['get', 'list', 'watch', 'head'].includes(verb.toLowerCase());
}
