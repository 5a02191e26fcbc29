// Applies, tries or deletes what is in the editor, and brings what the server says back to the
// lines. Loaded after the first paint: it carries the YAML reader and the wire schema.
import { wireSchema } from '../../../generated/wire-schema';
import { applyManifests } from '../../kubectl/apply/apply';
import type { ApplyResult } from '../../kubectl/apply/apply';
import { deleteManifests } from '../../kubectl/apply/delete';
import type { Cascade, DeleteResult } from '../../kubectl/apply/delete';
import { Discovery } from '../../kubectl/apply/discovery';
import { parseManifests } from '../../kubectl/apply/manifest';
import type { Manifest } from '../../kubectl/apply/manifest';
import { statusProblems, warningProblem } from '../../kubectl/apply/status-problems';
import { messages } from '../messages';
import { editorStore, tellFile } from '../state/editor-store';
import type { EditorAct, EditorProblem, ReportLine } from '../state/editor-store';
import { noteAct } from '../state/history';
import { converse } from '../state/transport';
import type { Transport } from '../state/transport';
import { fixesFor } from './quick-fixes';
import { noteApply } from '../story/story-book';
import type { AppliedObject } from '../story/story-book';
import { words } from '../timeline/time-words';

type Result = ApplyResult | DeleteResult;

const NAMESPACE = 'default';
const discoveries = new WeakMap<Transport, Discovery>();

/**
 * Runs one act over the whole text; the outcome is in the editor's store when it resolves. True
 * when all of it was applied.
 */
export async function runEditor(
  transport: Transport,
  act: EditorAct,
  cascade: Cascade = 'Background',
): Promise<boolean> {
  if (editorStore.getState().busy) return false;
  const { active, fileName, text } = editorStore.getState();
  editorStore.setState({ busy: act, problems: [], report: null, replaced: null });
  const manifests = parseManifests(text);
  if (act !== 'dryRun' && manifests.length > 0) noteAct(words.acts[act](fileName));
  const noted = act === 'apply' ? noteApply(fileName, manifests.flatMap(appliedObject)) : undefined;
  try {
    const results = await resultsOf(transport, manifests, act, cascade);
    const problems = results.flatMap((result) => withFixes(problemsOf(result), result, text));
    const isDone = act === 'apply' && results.every((it) => it.outcome !== 'failed');
    tellFile(active, {
      problems,
      report: { act, lines: results.map(reportLine) },
      ...(isDone ? { appliedText: text } : {}),
    });
    return isDone;
  } finally {
    noted?.();
    editorStore.setState({ busy: null });
  }
}

/** For the story, which tells of these objects that they came from the file. */
function appliedObject({ object }: Manifest): AppliedObject[] {
  return object?.metadata?.name ? [{ kind: object.kind, name: object.metadata.name }] : [];
}

function resultsOf(
  transport: Transport,
  manifests: Manifest[],
  act: EditorAct,
  cascade: Cascade,
): Promise<Result[]> {
  let discovery = discoveries.get(transport);
  if (!discovery) discoveries.set(transport, (discovery = new Discovery()));
  const options = { namespace: NAMESPACE, discovery };
  if (act === 'delete') {
    return converse<Result[]>(deleteManifests(manifests, { ...options, cascade }), transport);
  }
  const dryRun = act === 'dryRun';
  const exchange = applyManifests(manifests, { ...options, schema: wireSchema, dryRun });
  return converse<Result[]>(exchange, transport);
}

/** What one object's result puts at its lines. */
export function problemsOf({ manifest, status, warnings, outcome }: Result): EditorProblem[] {
  const own = manifest.problems.map((problem): EditorProblem => {
    return { severity: 'error', title: messages.editor.unreadable, ...problem };
  });
  const isFailure = status !== undefined && outcome === 'failed';
  const errors = (isFailure ? statusProblems(status, manifest) : []).map(
    (problem): EditorProblem => ({
      severity: 'error',
      title: `${status!.code} ${status!.reason ?? ''}`.trim(),
      ...problem,
    }),
  );
  const warned = warnings.map((text): EditorProblem => {
    return { severity: 'warning', title: '', ...warningProblem(text, manifest) };
  });
  return [...own, ...errors, ...warned];
}

/** Each problem with what would mend it. */
function withFixes(
  problems: readonly EditorProblem[],
  { manifest }: Result,
  text: string,
): EditorProblem[] {
  const sources = { text, manifest, schema: wireSchema };
  return problems.map((problem) => {
    const fixes = fixesFor(problem, sources);
    return fixes.length > 0 ? { ...problem, fixes } : problem;
  });
}

function reportLine(result: Result): ReportLine {
  const { manifest, subject, outcome, status, warnings } = result;
  const problem = manifest.problems[0];
  const line = problemsOf(result)[0]?.range.startLine ?? manifest.startLine;
  return {
    subject: subject || messages.editor.line(line),
    outcome: manifest.object ? outcome : 'unreadable',
    message: problem?.message ?? status?.message ?? '',
    warnings,
    line,
  };
}
