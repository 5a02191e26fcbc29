import { useState } from 'react';
import { messages } from '../messages';
import type { Session } from '../state/session';
import { Icon } from '../theme/Icon';
import { usePage } from './page-context';
import { copyText, CopyField, Sheet } from './Sheet';
import { embedSnippet, shareUrl } from './share-cluster';

interface Made {
  text: string;
  /** Absent until the clipboard was asked. */
  copied?: boolean;
  failure?: string;
}

const nothing: Made = { text: '' };

/** Makes a text, tries the clipboard, and shows it either way. */
function useMade(make: (session: Session) => Promise<string>) {
  const { session } = usePage();
  const [open, setOpen] = useState(false);
  const [made, setMade] = useState(nothing);
  const onOpen = (next: boolean) => {
    setOpen(next);
    if (!next) return setMade(nothing);
    void run();
  };
  const run = async () => {
    try {
      const text = await make(session);
      setMade({ text });
      setMade({ text, copied: await copyText(text) });
    } catch (error) {
      setMade({ text: '', failure: error instanceof Error ? error.message : String(error) });
    }
  };
  return { open, onOpen, made, onCopied: () => setMade({ ...made, copied: true }) };
}

function MadeWords({ made }: { made: Made }) {
  if (made.failure !== undefined) {
    return (
      <p role="status" className="t-fail">
        {messages.shareFailed(made.failure)}
      </p>
    );
  }
  const words = made.copied ? messages.shareCopied : messages.shareByHand;
  return <p role="status">{made.copied === undefined ? '\u00a0' : words}</p>;
}

/** A link with everything in it, copied at once. */
export function ShareButton({ square }: { square?: boolean }) {
  const { open, onOpen, made, onCopied } = useMade(shareUrl);
  return (
    <Sheet
      className={square ? 'btn sq touch' : 'btn'}
      label={square ? messages.share : undefined}
      button={
        <>
          <Icon name="share" />
          {!square && messages.share}
        </>
      }
      title={messages.shareTitle}
      open={open}
      onOpen={onOpen}
    >
      <p>{messages.shareAbout}</p>
      <CopyField
        label={messages.shareLink}
        text={made.text}
        rows={3}
        copied={made.copied === true}
        onCopied={onCopied}
      />
      <MadeWords made={made} />
    </Sheet>
  );
}

/** The snippet for a post. */
export function EmbedButton({ square }: { square?: boolean }) {
  const { open, onOpen, made, onCopied } = useMade(embedSnippet);
  return (
    <Sheet
      className={square ? 'btn sq' : 'btn'}
      label={square ? messages.embed : undefined}
      button={
        <>
          <Icon name="embed" />
          {!square && messages.embed}
        </>
      }
      title={messages.embedTitle}
      open={open}
      onOpen={onOpen}
    >
      <p>{messages.embedAbout}</p>
      <CopyField
        label={messages.embedSnippet}
        text={made.text}
        rows={6}
        copied={made.copied === true}
        onCopied={onCopied}
      />
      <MadeWords made={made} />
    </Sheet>
  );
}
