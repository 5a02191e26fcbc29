import { messages } from '../messages';
import { editorStore, useEditor } from '../state/editor-store';
import type { Outcome, ReportLine } from '../state/editor-store';
import { Icon } from '../theme/Icon';

const words = messages.editor;
const bad: readonly Outcome[] = ['failed', 'unreadable'];

/** One line an object, in kubectl's words: what was created, changed, left alone, refused. */
export function Report({ onGo }: { onGo: (line: number) => void }) {
  const report = useEditor((state) => state.report);
  if (!report) return <div role="status" />;
  const isBad = report.lines.some(({ outcome }) => bad.includes(outcome));
  return (
    <div className={`report${isBad ? ' is-bad' : ''}`} role="status" aria-label={words.report}>
      <ul>
        {report.lines.map((line) => (
          <Line
            key={`${line.line} ${line.subject}`}
            line={line}
            suffix={words.reportCopies(report.act)}
            onGo={onGo}
          />
        ))}
        {report.lines.length === 0 && <li>{words.nothing}</li>}
      </ul>
      <button
        type="button"
        className="btn sq"
        aria-label={messages.close}
        onClick={() => editorStore.setState({ report: null })}
      >
        <Icon name="x" />
      </button>
    </div>
  );
}

interface LineProps {
  line: ReportLine;
  suffix: string;
  onGo: (line: number) => void;
}

function Line({ line, suffix, onGo }: LineProps) {
  const isBad = bad.includes(line.outcome);
  // Under its line it stands in full; here only what cannot be seen there.
  const inZone = useEditor((state) => state.showsZones);
  return (
    <li className={isBad ? 't-fail' : line.outcome === 'unchanged' ? 't-3' : undefined}>
      <Icon name={isBad ? 'x' : line.outcome === 'unchanged' ? 'dash' : 'check'} size={13} />
      <span>
        <button type="button" className="link mono" onClick={() => onGo(line.line)}>
          {line.subject}
        </button>{' '}
        {words.outcomes[line.outcome]}
        {!isBad && suffix}
        {isBad && inZone && line.outcome !== 'unreadable' && words.atLine(line.line)}
        {isBad && !inZone && line.message && <small className="mono">{line.message}</small>}
        {(inZone ? [] : line.warnings).map((warning) => (
          <small key={warning} className="mono t-pend">
            {warning}
          </small>
        ))}
      </span>
    </li>
  );
}
