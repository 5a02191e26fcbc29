// An edited object on its way to the server: read, compared with what it was, sent as one merge
// patch. What the server or YAML itself does not allow comes back with its lines.
import type { KubeObject } from '../../api/object';
import { parseManifests } from '../../kubectl/apply/manifest';
import { statusProblems } from '../../kubectl/apply/status-problems';
import { messages } from '../messages';
import type { EditorProblem } from '../state/editor-store';
import { mergePatch } from '../state/object-client';
import type { Transport } from '../state/transport';
import { mergeDiff } from './merge-diff';

export interface Edit {
  /** Of the object in the API. */
  path: string;
  /** As it was when editing began. */
  before: KubeObject;
  text: string;
}

export type EditOutcome =
  | { kind: 'done' }
  | { kind: 'same' }
  | { kind: 'refused'; message: string; problems: EditorProblem[] };

/** Sends what differs; `sending` is called just before anything goes out. */
export async function sendEdit(
  transport: Transport,
  { path, before, text }: Edit,
  sending: () => void,
): Promise<EditOutcome> {
  const [manifest] = parseManifests(text);
  const unread = manifest?.problems[0];
  if (!manifest?.object || unread) {
    const message = unread?.message ?? '';
    const problems = (manifest?.problems ?? []).map((problem): EditorProblem => {
      return { severity: 'error', title: messages.editor.unreadable, ...problem };
    });
    return { kind: 'refused', message, problems };
  }
  const { managedFields: _left, ...metadata } = before.metadata;
  const patch = mergeDiff({ ...before, metadata }, manifest.object as never);
  if (!patch) return { kind: 'same' };
  sending();
  const answer = await mergePatch(transport, path, patch);
  if (answer.ok) return { kind: 'done' };
  const { status } = answer;
  const title = `${status.code} ${status.reason ?? ''}`.trim();
  const problems = statusProblems(status, manifest).map((problem): EditorProblem => {
    return { severity: 'error', title, ...problem };
  });
  return { kind: 'refused', message: status.message ?? title, problems };
}
