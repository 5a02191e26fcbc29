import { catalog } from '../../i18n/catalog';
import { messages } from '../messages';
import type { EditorProblem } from '../state/editor-store';
import { Icon } from '../theme/Icon';
import type { TextEdit } from './code-editor';

const words = catalog.editing;

export interface ProblemsListProps {
  problems: readonly EditorProblem[];
  onGo: (problem: EditorProblem) => void;
  onFix: (edits: readonly TextEdit[]) => void;
  onClose: () => void;
}

/** Every problem by its line, with what would mend it. */
export function ProblemsList({ problems, onGo, onFix, onClose }: ProblemsListProps) {
  return (
    <section className="problems" aria-label={words.problemsList}>
      <ul>
        {problems.map((problem, at) => (
          <li key={`${problem.range.startLine} ${at}`}>
            <Icon name="warn" size={13} />
            <span className={problem.severity === 'error' ? 't-fail' : 't-pend'}>
              <button type="button" className="link" onClick={() => onGo(problem)}>
                {messages.editor.line(problem.range.startLine)}
              </button>{' '}
              <code>{problem.message}</code>
              {(problem.fixes ?? []).map((fix) => (
                <button
                  key={fix.title}
                  type="button"
                  className="btn out problem-fix"
                  onClick={() => onFix(fix.edits)}
                >
                  {fix.title}
                </button>
              ))}
            </span>
          </li>
        ))}
      </ul>
      <button
        type="button"
        className="btn sq"
        aria-label={words.hideProblems}
        title={words.hideProblems}
        onClick={onClose}
      >
        <Icon name="x" />
      </button>
    </section>
  );
}
