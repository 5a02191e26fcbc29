import { useEffect, useRef } from 'react';
import { catalog } from '../../i18n/catalog';
import { PRESET_CHOICES, type PresetChoice, type PresetId } from '../state/presets';
import { Icon } from '../theme/Icon';
import { words } from '../canvas/crowd/words';
import './gallery.css';

export interface GalleryProps {
  /** Of the cluster of now. */
  current: string;
  onChoose: (preset: PresetId, pods: number) => void;
  onClose: () => void;
}

/** All clusters that can be begun with, each with a picture of its machines. */
export default function ClusterGallery({ current, onChoose, onClose }: GalleryProps) {
  const ref = useRef<HTMLDivElement>(null);
  useEffect(() => {
    ref.current?.querySelector<HTMLElement>('.is-current button')?.focus();
  }, []);
  return (
    <div
      ref={ref}
      className="pop gallery"
      role="dialog"
      aria-label={catalog.tools.gallery}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.stopPropagation();
        onClose();
      }}
    >
      <div className="gallery-head">
        <div>
          <b>{catalog.tools.gallery}</b>
          <p>{words.galleryAbout}</p>
        </div>
        <button type="button" className="btn sq" aria-label={words.galleryCancel} onClick={onClose}>
          <Icon name="x" />
        </button>
      </div>
      <ul>
        {PRESET_CHOICES.map((choice) => (
          <Choice
            key={choice.id}
            choice={choice}
            isCurrent={choice.id === current}
            onChoose={(pods) => onChoose(choice.id, pods)}
          />
        ))}
      </ul>
      <p className="gallery-foot">{words.notKept}</p>
    </div>
  );
}

interface ChoiceProps {
  choice: (typeof PRESET_CHOICES)[number];
  isCurrent: boolean;
  onChoose: (pods: number) => void;
}

function Choice({ choice, isCurrent, onChoose }: ChoiceProps) {
  const name = catalog.tools.presets[choice.id];
  const { masters, workers, fills } = choice as PresetChoice;
  return (
    <li className={isCurrent ? 'gallery-card is-current' : 'gallery-card'}>
      <Machines masters={masters} workers={workers} />
      <p className="gallery-name">
        <b>{name}</b>
        <span className="num">{catalog.tools.machines(masters, workers)}</span>
        {isCurrent && <em>{words.galleryNow}</em>}
      </p>
      <p className="gallery-about">{words.presets[choice.id]}</p>
      <div className="gallery-starts" role="group" aria-label={`${words.galleryStart}: ${name}`}>
        {fills.length === 0 ? (
          <button type="button" className="btn out" onClick={() => onChoose(0)}>
            {words.galleryStart}
          </button>
        ) : (
          [0, ...fills].map((pods) => (
            <button key={pods} type="button" className="btn out" onClick={() => onChoose(pods)}>
              {pods === 0 ? words.fills.none : words.fills.some(pods)}
            </button>
          ))
        )}
      </div>
    </li>
  );
}

const drawn = { w: 148, h: 34 };

/**
 * Control planes with the accent's edge, workers as tanks; of many, as many as one sees at once.
 */
function Machines({ masters, workers }: { masters: number; workers: number }) {
  const edge = workers > 1_000 ? 3 : workers > 100 ? 4 : workers > 20 ? 6 : workers > 5 ? 11 : 14;
  const step = edge + (edge > 6 ? 4 : 1.5);
  const rows = Math.floor(drawn.h / step);
  const left = workers > 20 ? 22 : masters * step + 6;
  const columns = Math.floor((drawn.w - left) / step);
  const shown = Math.min(workers, rows * columns);
  const perRow = Math.min(columns, shown);
  const top = workers > 20 ? 1 : shown > columns ? 3 : 10;
  return (
    <svg width={drawn.w} height={drawn.h} aria-hidden="true">
      {Array.from({ length: masters }, (_, at) => (
        <rect
          key={at}
          className="gallery-master"
          x={workers > 20 ? 1 : 1 + at * (14 + 4)}
          y={workers > 20 ? 1 + at * 12 : 10}
          width={14}
          height={workers > 20 ? 10 : 14}
          rx={3}
        />
      ))}
      {Array.from({ length: shown }, (_, at) => (
        <rect
          key={`n${at}`}
          className="gallery-worker"
          x={left + (at % perRow) * step}
          y={top + Math.floor(at / perRow) * step}
          width={edge}
          height={edge}
          rx={edge > 6 ? 3 : 1}
        />
      ))}
    </svg>
  );
}
