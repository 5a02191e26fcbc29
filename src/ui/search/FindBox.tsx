import { useDeferredValue, useEffect, useId, useMemo, useRef, useState } from 'react';
import { openObject, useActions } from '../canvas/actions-context';
import { flyTo } from '../canvas/fly';
import { sceneStore } from '../state/scene-store';
import { Icon } from '../theme/Icon';
import { words as panels } from '../inspector/group/words';
import { find, type Hit } from './find';
import { words } from '../canvas/crowd/words';
import './search.css';

const hitsMax = 12;

function lookFor(text: string) {
  return find(sceneStore.getState(), text, hitsMax, panels.cluster);
}

/** Find and go to: type, choose, Enter. */
export default function FindBox({ onClose }: { onClose: () => void }) {
  const [text, setText] = useState('');
  const asked = useDeferredValue(text);
  const found = useMemo(() => lookFor(asked), [asked]);
  const [at, setAt] = useState(0);
  const chosen = Math.min(at, Math.max(0, found.hits.length - 1));
  const input = useRef<HTMLInputElement>(null);
  const actions = useActions();
  const id = useId();
  useEffect(() => input.current?.focus(), []);
  const go = (hit: Hit | undefined) => {
    if (!hit) return;
    onClose();
    flyTo(hit);
    openObject(actions, { ...hit, text: hit.name });
  };
  return (
    <div
      className="find"
      role="search"
      aria-label={words.findTitle}
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.key === 'Escape') onClose();
        else if (event.key === 'Enter') go((asked === text ? found : lookFor(text)).hits[chosen]);
        else if (event.key === 'ArrowDown') setAt(Math.min(chosen + 1, found.hits.length - 1));
        else if (event.key === 'ArrowUp') setAt(Math.max(0, chosen - 1));
        else return;
        event.preventDefault();
      }}
    >
      <label className="find-field">
        <Icon name="search" />
        <input
          ref={input}
          type="text"
          role="combobox"
          aria-label={words.findTitle}
          aria-expanded={found.hits.length > 0}
          aria-controls={`${id}-list`}
          aria-activedescendant={found.hits.length > 0 ? `${id}-${chosen}` : undefined}
          aria-autocomplete="list"
          placeholder={words.findHint}
          value={text}
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => {
            setText(event.target.value);
            setAt(0);
          }}
        />
      </label>
      <ul id={`${id}-list`} role="listbox" aria-label={words.findTitle}>
        {found.hits.map((hit, index) => (
          <HitRow
            key={`${hit.kind}/${hit.namespace}/${hit.name}`}
            id={`${id}-${index}`}
            hit={hit}
            isChosen={index === chosen}
            onPoint={() => setAt(index)}
            onGo={() => go(hit)}
          />
        ))}
      </ul>
      <Foot isAsked={asked.trim() !== ''} shown={found.hits.length} total={found.total} />
    </div>
  );
}

interface HitRowProps {
  id: string;
  hit: Hit;
  isChosen: boolean;
  onPoint: () => void;
  onGo: () => void;
}

function HitRow({ id, hit, isChosen, onPoint, onGo }: HitRowProps) {
  return (
    <li id={id} role="option" aria-selected={isChosen} onPointerMove={onPoint} onClick={onGo}>
      <span className="find-kind">{hit.kind === 'Canvas' ? '' : hit.kind}</span>
      <b className={hit.kind === 'Canvas' ? '' : 'mono'}>{hit.name || panels.cluster}</b>
      <small>{[hit.namespace, hit.about].filter(Boolean).join(' · ')}</small>
    </li>
  );
}

function Foot({ isAsked, shown, total }: { isAsked: boolean; shown: number; total: number }) {
  return (
    <p className="find-foot" role="status">
      {isAsked && total === 0 && words.findNone}
      {total > 0 && words.findMany(shown, total)}
      <span>{words.findKeys}</span>
    </p>
  );
}
