import { useEffect, useRef, useState } from 'react';
import type { KeyboardEvent } from 'react';
import { catalog } from '../../i18n/catalog';
import { messages } from '../messages';
import { closeTab, newTab, renameFile, showTab, useEditor } from '../state/editor-store';
import type { EditorTab } from '../state/editor-store';
import { Icon } from '../theme/Icon';

const words = catalog.editing;

/** The files, each behind its tab; `onNew` is called once a new one is in front. */
export function EditorTabs({ onNew }: { onNew: () => void }) {
  const tabs = useEditor((state) => state.tabs);
  const active = useEditor((state) => state.active);
  const onKeyDown = (event: KeyboardEvent) => {
    const by = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    if (by === 0 || event.target instanceof HTMLInputElement) return;
    event.preventDefault();
    const at = tabs.findIndex(({ id }) => id === active);
    showTab(tabs[(at + by + tabs.length) % tabs.length]!.id);
    requestAnimationFrame(() => document.getElementById('editor-tab')?.focus());
  };
  return (
    <div className="editor-tabs">
      <div role="tablist" aria-label={words.files} onKeyDown={onKeyDown}>
        {tabs.map((tab) => (
          <FileTab key={tab.id} tab={tab} isActive={tab.id === active} isOnly={tabs.length === 1} />
        ))}
      </div>
      <button
        type="button"
        className="btn sq"
        aria-label={words.newFile}
        title={words.newFile}
        onClick={() => {
          newTab();
          requestAnimationFrame(onNew);
        }}
      >
        <Icon name="plus" size={14} />
      </button>
    </div>
  );
}

interface FileTabProps {
  tab: EditorTab;
  isActive: boolean;
  isOnly: boolean;
}

function FileTab({ tab: { id, fileName, isChanged }, isActive, isOnly }: FileTabProps) {
  const [isNaming, setNaming] = useState(false);
  const tab = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    if (isActive) tab.current?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [isActive]);
  if (isNaming && isActive) return <NameField name={fileName} onEnd={() => setNaming(false)} />;
  return (
    <span ref={tab} className="file-tab" role="presentation">
      <button
        type="button"
        className="tab"
        role="tab"
        id={isActive ? 'editor-tab' : undefined}
        aria-selected={isActive}
        tabIndex={isActive ? 0 : -1}
        title={words.renameHint}
        aria-keyshortcuts="F2 Delete"
        onClick={() => showTab(id)}
        onDoubleClick={() => setNaming(true)}
        onKeyDown={(event) => {
          if (event.key === 'F2') setNaming(true);
          if (event.key === 'Delete' && !isOnly) closeTab(id);
        }}
      >
        <Icon name="doc" />
        {fileName}
        {isChanged && (
          <span className="mod" title={messages.editor.changed}>
            <span className="sr-only">{messages.editor.changed}</span>
          </span>
        )}
      </button>
      {!isOnly && (
        <button
          type="button"
          className="file-close"
          // For the pointer; a tablist may hold tabs alone, and Delete does the same.
          tabIndex={-1}
          aria-hidden="true"
          title={words.closeFile(fileName)}
          onClick={() => closeTab(id)}
        >
          <Icon name="x" size={10} />
        </button>
      )}
    </span>
  );
}

function NameField({ name, onEnd }: { name: string; onEnd: () => void }) {
  return (
    <input
      className="file-name mono"
      aria-label={words.renameFile(name)}
      defaultValue={name}
      autoFocus
      onFocus={(event) => event.currentTarget.setSelectionRange(0, name.lastIndexOf('.'))}
      onBlur={(event) => {
        renameFile(event.currentTarget.value);
        onEnd();
      }}
      onKeyDown={(event) => {
        if (event.key === 'Escape') event.currentTarget.value = name;
        if (event.key === 'Enter' || event.key === 'Escape') event.currentTarget.blur();
      }}
    />
  );
}
