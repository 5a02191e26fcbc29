import { lazy, Suspense } from 'react';
import { catalog } from '../../i18n/catalog';
import { messages } from '../messages';
import { guide, useGuide, walkBehind } from '../story/guide';
import { panes, usePanes } from './pane-store';
import { Sheet } from './Sheet';

const KeyList = lazy(() => import('./KeyList'));

/** Every key, behind a question mark. */
export function HelpButton({ className = 'btn sq' }: { className?: string }) {
  const open = usePanes((state) => state.help);
  return (
    <Sheet
      className={className}
      label={messages.help}
      button={<span aria-hidden="true">?</span>}
      title={messages.helpTitle}
      open={open}
      onOpen={(help) => panes.setState({ help })}
    >
      <p>{messages.helpAbout}</p>
      <GuideButtons />
      <Suspense fallback={null}>
        <KeyList />
      </Suspense>
    </Sheet>
  );
}

/** The ways in, for who wants to be led again. */
function GuideButtons() {
  const place = useGuide((state) => state.panel);
  if (place === 'none') return null;
  const open = (lead: () => void) => {
    panes.setState({ help: false, front: 'cluster', drawer: false });
    lead();
  };
  return (
    <p className="help-ways">
      <button
        type="button"
        className="btn out"
        onClick={() => open(() => guide.setState({ welcome: true }))}
      >
        {catalog.guide.welcome.open}
      </button>
      <button type="button" className="btn out" onClick={() => open(walkBehind)}>
        {catalog.guide.walk.title}
      </button>
    </p>
  );
}
