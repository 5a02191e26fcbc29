import { useEffect, useId, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import { messages } from '../messages';
import { Icon } from '../theme/Icon';
import { useOutsidePress } from './Menu';

export interface SheetProps {
  /** What stands in the button. */
  button: ReactNode;
  /** Name of the button, when its content is no words. */
  label?: string;
  className: string;
  title: string;
  children: ReactNode;
  open: boolean;
  onOpen: (open: boolean) => void;
}

/** A button with a panel under it, which never locks the page. Escape and a press outside close. */
export function Sheet(props: SheetProps) {
  const wrap = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const panel = useRef<HTMLDivElement>(null);
  const titleId = useId();
  const { open, onOpen } = props;
  useOutsidePress(wrap, open, () => onOpen(false));
  useEffect(() => {
    if (open) panel.current?.focus();
  }, [open]);
  const close = () => {
    onOpen(false);
    button.current?.focus();
  };
  return (
    <div className="pop-wrap" ref={wrap}>
      <button
        ref={button}
        type="button"
        className={props.className}
        aria-label={props.label}
        title={props.label}
        aria-haspopup="dialog"
        aria-expanded={open}
        onClick={() => onOpen(!open)}
      >
        {props.button}
      </button>
      {open && (
        <div
          ref={panel}
          className="pop pop-end sheet"
          role="dialog"
          aria-labelledby={titleId}
          tabIndex={-1}
          onKeyDown={(event) => {
            event.stopPropagation();
            if (event.key === 'Escape') close();
          }}
        >
          <div className="sheet-head">
            <h2 id={titleId}>{props.title}</h2>
            <button type="button" className="btn sq" aria-label={messages.close} onClick={close}>
              <Icon name="x" />
            </button>
          </div>
          {props.children}
        </div>
      )}
    </div>
  );
}

export interface CopyFieldProps {
  label: string;
  text: string;
  rows: number;
  copied: boolean;
  onCopied: () => void;
}

/** A text to take along, with a button that copies it. */
export function CopyField({ label, text, rows, copied, onCopied }: CopyFieldProps) {
  const field = useRef<HTMLTextAreaElement>(null);
  const [selected, setSelected] = useState(false);
  useEffect(() => {
    if (text === '' || selected) return;
    setSelected(true);
    field.current?.select();
  }, [text, selected]);
  return (
    <div className="copy-field">
      <textarea
        ref={field}
        readOnly
        rows={rows}
        value={text}
        aria-label={label}
        spellCheck={false}
        onFocus={(event) => event.target.select()}
      />
      <button
        type="button"
        className="btn pri"
        onClick={() => {
          field.current?.select();
          void copyText(text).then((done) => done && onCopied());
        }}
      >
        <Icon name={copied ? 'check' : 'doc'} />
        {copied ? messages.copied : messages.copy}
      </button>
    </div>
  );
}

/** Puts a text on the clipboard; false when the browser does not let it. */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}
