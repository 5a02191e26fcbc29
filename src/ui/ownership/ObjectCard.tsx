import { memo } from 'react';
import { openObject } from '../canvas/actions-context';
import { usePage } from '../app/page-context';
import { useScene } from '../state/scene-store';
import { Icon } from '../theme/Icon';
import { cardWords } from './card-words';
import type { PlacedCard } from './ownership-layout';
import { light, toggleFold, toggleOlder, useFolds, useIsDim } from './ownership-store';
import { relatedKind } from './related-kinds';
import { words } from './words';

/** One object: its kind, its name, how far it is from what it wants. */
export const ObjectCard = memo(function ObjectCard({ card }: { card: PlacedCard }) {
  const { node } = card;
  const { kind, namespace, name } = node;
  const { actions } = usePage();
  const selected = useScene(
    ({ selection }) =>
      selection?.kind === kind && selection.name === name && selection.namespace === namespace,
  );
  const dim = useIsDim(node.key);
  const { about, tone } = cardWords(node);
  const { icon, short } = relatedKind(kind)!;
  const state = `${selected ? ' is-selected' : ''}${dim ? ' is-dim' : ''} is-${tone}`;
  return (
    <div
      className={`own-card${state}${node.object ? '' : ' is-missing'}`}
      onPointerEnter={() => light(node.key)}
      onPointerLeave={() => light(null)}
    >
      <button
        type="button"
        className="own-open nopan"
        data-stop=""
        data-kind={kind}
        data-namespace={namespace}
        data-name={name}
        aria-label={words.cardLabel(kind, name, about)}
        aria-pressed={selected}
        onFocus={() => light(node.key)}
        onBlur={() => light(null)}
        onClick={() => openObject(actions, { kind, namespace, name, text: name })}
      >
        <Icon name={icon} />
        <b className="own-name mono" title={name}>
          {name}
        </b>
        <span className="own-kind" title={kind}>
          {short ?? kind}
        </span>
        <span className="own-about num">{about}</span>
      </button>
      <Folds card={card} />
    </div>
  );
});

function Folds({ card: { node, folded, older } }: { card: PlacedCard }) {
  const { withOlder } = useFolds();
  const shown = older !== undefined && withOlder.has(older.of);
  return (
    <>
      {folded !== undefined && (
        <button
          type="button"
          className="own-fold nopan"
          aria-expanded={!folded}
          aria-label={folded ? words.unfold(node.name) : words.fold(node.name)}
          title={folded ? words.unfold(node.name) : words.fold(node.name)}
          onClick={() => toggleFold(node.key)}
        >
          <Icon name={folded ? 'plus' : 'minus'} size={10} />
        </button>
      )}
      {older !== undefined && (
        <button type="button" className="own-older nopan" onClick={() => toggleOlder(older.of)}>
          {shown ? words.noOlder : words.older(older.count)}
        </button>
      )}
    </>
  );
}
