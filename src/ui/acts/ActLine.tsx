import { useState } from 'react';
import { undo, useHistory } from '../state/history';
import { Icon } from '../theme/Icon';
import { actStore, useActs, type DoneAct } from './act-store';
import { words } from './words';
import './line.css';

/** The last act as the command that was sent, what became of it, and the way back. */
export function ActLine() {
  const last = useActs((state) => state.last);
  return (
    <div role="status" aria-label={words.last} className="act-status">
      {last && <Line key={last.id} last={last} />}
    </div>
  );
}

function Line({ last }: { last: DoneAct }) {
  const { command, state, message, stop } = last;
  const isKept = useHistory((history) => history.kept && history.acts.length > 0);
  return (
    <div className={`act-line is-${state}`}>
      {command && (
        <code className="act-command" title={command} tabIndex={0}>
          <i aria-hidden="true">$ </i>
          {command}
        </code>
      )}
      {message && (
        <span className="act-message" title={message}>
          {message}
        </span>
      )}
      <span className="act-buttons">
        {stop && (
          <button type="button" onClick={stop}>
            {words.stop}
          </button>
        )}
        {command && <CopyButton text={command} />}
        {isKept && state !== 'refused' && (
          <button type="button" onClick={() => goBack()}>
            {words.undo}
          </button>
        )}
        <button
          type="button"
          className="act-close"
          aria-label={words.dismiss}
          onClick={() => actStore.setState({ last: null })}
        >
          <Icon name="x" size={12} />
        </button>
      </span>
    </div>
  );
}

function goBack(): void {
  undo();
  actStore.setState({ last: null });
}

function CopyButton({ text }: { text: string }) {
  const [copied, setCopied] = useState(false);
  return (
    <button
      type="button"
      onClick={() => void navigator.clipboard.writeText(text).then(() => setCopied(true))}
    >
      {copied ? words.copied : words.copy}
    </button>
  );
}
