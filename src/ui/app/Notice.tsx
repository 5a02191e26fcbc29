import { messages } from '../messages';
import { useEngine } from '../state/engine-store';
import type { Notice as NoticeState } from '../state/engine-store';
import { Icon } from '../theme/Icon';
import { usePage } from './page-context';
import { copyText } from './Sheet';

/** What has to be said about the page itself, above the canvas. */
export function Notice() {
  const { session } = usePage();
  const notice = useEngine((state) => state.notice);
  const crash = useEngine((state) => state.crash);
  if (crash) return <Crash {...crash} />;
  if (!notice) return null;
  return (
    <div className={`notice${isBad(notice) ? ' is-bad' : ''}`} role="status">
      <p>{words(notice)}</p>
      {(notice.kind === 'branch' || notice.kind === 'branchGone') && (
        <a className="btn out" href={location.pathname}>
          {messages.notices.backToShared}
        </a>
      )}
      {notice.kind === 'sharedCluster' && (
        <a className="btn out" href={location.pathname + location.search}>
          {messages.notices.backToOwn}
        </a>
      )}
      <button
        type="button"
        className="btn sq"
        aria-label={messages.close}
        onClick={() => session.say(null)}
      >
        <Icon name="x" />
      </button>
    </div>
  );
}

function Crash({ message, stack }: { message: string; stack: string }) {
  const { session } = usePage();
  return (
    <div className="notice is-bad is-crash" role="alert">
      <p>
        <b>{messages.crashed.title}</b> {messages.crashed.about}
      </p>
      <code className="mono">{message}</code>
      <div>
        <button type="button" className="btn pri" onClick={() => void session.restart()}>
          {messages.crashed.again}
        </button>
        <button type="button" className="btn out" onClick={() => void session.newCluster()}>
          {messages.newCluster}
        </button>
        <button type="button" className="btn" onClick={() => void copyText(stack || message)}>
          {messages.crashed.details}
        </button>
      </div>
    </div>
  );
}

function isBad({ kind }: NoticeState): boolean {
  return kind === 'badLink' || kind === 'actionFailed';
}

function words(notice: NoticeState): string {
  switch (notice.kind) {
    case 'startedFresh':
      return messages.notices.startedFresh;
    case 'badLink':
      return messages.notices.badLink(notice.why);
    case 'otherTab':
      return messages.notices.otherTab;
    case 'madeAnew':
      return messages.notices.madeAnew;
    case 'branch':
    case 'branchGone':
      return messages.notices[notice.kind];
    case 'sharedCluster':
      return messages.notices.sharedCluster;
    case 'actionFailed':
      return messages.notices.refused(notice.what, notice.message);
  }
}
