import { useEffect, useRef, useState } from 'react';
import { useEngine } from '../state/engine-store';
import { historyStore, useHistory, type AskedApart } from '../state/history';
import { Icon } from '../theme/Icon';
import { goApart } from './go-apart';
import { momentText, words } from './time-words';

const said = words.apart;

/** Before a course of its own is taken from a cluster that others use: what that means. */
export function ApartBar({ asked }: { asked: AskedApart }) {
  const startMs = useEngine((state) => state.clock.startMs);
  const atMs = useHistory(({ past }) => past?.atMs ?? 0);
  const [failed, setFailed] = useState('');
  const [isBusy, setBusy] = useState(false);
  const first = useRef<HTMLButtonElement>(null);
  useEffect(() => first.current?.focus(), []);
  const question =
    asked.type === 'undo' ? said.undo(asked.label) : said.branch(momentText(atMs, startMs, true));
  const open = async () => {
    setBusy(true);
    const why = await goApart(asked);
    setBusy(false);
    if (why === '') close();
    else setFailed(why);
  };
  return (
    <div
      className="past-bar"
      role="alertdialog"
      aria-label={said.title}
      aria-describedby="apart-question"
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.stopPropagation();
        close();
      }}
    >
      <Icon name="place" />
      <p id="apart-question">
        <b>{said.title}</b> <span role="status">{failed || question}</span>
      </p>
      <button
        ref={first}
        type="button"
        className="btn pri"
        disabled={isBusy || failed !== ''}
        onClick={() => void open()}
      >
        {said.open}
      </button>
      <button type="button" className="btn out" onClick={close}>
        {said.cancel}
      </button>
    </div>
  );
}

function close(): void {
  historyStore.setState({ asked: null });
}
