import { useEffect, useRef } from 'react';
import { wordsOf } from '../../i18n/catalog';
import { legend } from '../../i18n/en/legend';
import type { ContainerLook, PodLook } from '../../scene/scene';
import { Icon } from '../theme/Icon';
import { ProbeMark } from './inside/VesselBox';
import type { VolumeMark as Mark } from './inside/pod-volumes';
import type { ProbeResult } from './inside/vessels';
import { VolumeMark } from './inside/VolumeMark';
import { inside } from './inside/words';
import { messages } from './messages';
import { PodShape } from './PodShape';
import { SHOWN_LOOKS } from './silhouette';
import './inside/inside.css';

const legendText = wordsOf('legend', legend);

const containers = [
  'running',
  'waiting',
  'error',
  'initDone',
  'initWaiting',
  'sidecar',
] as const satisfies readonly ContainerLook[];

const probes: readonly ProbeResult[] = ['passed', 'failed', 'waiting', 'unknown'];

const volumes: readonly (readonly [Mark, string])[] = [
  ['empty', 'emptyDir'],
  ['config', 'ConfigMap'],
  ['secret', 'Secret'],
  ['claim', 'PersistentVolumeClaim'],
  ['projected', 'projected'],
  ['host', 'hostPath'],
];

/** What the shapes mean. Escape or a press outside closes it. */
export default function Legend({ onClose }: { onClose: () => void }) {
  const ref = useRef<HTMLDivElement>(null);
  useEffect(() => {
    ref.current?.focus({ preventScroll: true });
    const outside = (event: PointerEvent) => {
      const box = ref.current?.closest('.hud');
      if (event.target instanceof Node && !box?.contains(event.target)) onClose();
    };
    window.addEventListener('pointerdown', outside, true);
    return () => window.removeEventListener('pointerdown', outside, true);
  }, [onClose]);
  return (
    <div
      ref={ref}
      className="legend"
      role="dialog"
      aria-label={messages.legend}
      tabIndex={-1}
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.key === 'Escape') onClose();
      }}
    >
      <h2>{legendText.pods}</h2>
      <ul>
        {SHOWN_LOOKS.map((look) => (
          <li key={look}>
            <PodSample look={look} />
            <b>{legendText.looks[look][0]}</b>
            <span>{legendText.looks[look][1]}</span>
          </li>
        ))}
      </ul>
      <h2>{legendText.containersTitle}</h2>
      <ul className="legend-two">
        {containers.map((look) => (
          <li key={look}>
            <ContainerSample look={look} />
            <span>{legendText.containers[look]}</span>
          </li>
        ))}
        <li>
          <OwnerSample current />
          <span>{legendText.current}</span>
        </li>
        <li>
          <OwnerSample current={false} />
          <span>{legendText.older}</span>
        </li>
      </ul>
      <InsideSamples />
      <h2>{legendText.messagesTitle}</h2>
      <ul className="legend-two">
        {messageSamples.map(({ name, d, className }) => (
          <li key={name}>
            <svg width="26" height="16" viewBox="-13 -8 26 16" aria-hidden="true">
              <path className="wire" d="M-13 0H13" />
              <path className={className} d={d} />
            </svg>
            <span>{legendText.messages[name]}</span>
          </li>
        ))}
      </ul>
      <p>{legendText.water}</p>
      <button type="button" className="btn sq" aria-label={messages.closeLegend} onClick={onClose}>
        <Icon name="x" />
      </button>
    </div>
  );
}

/** What is seen inside a pod from near. */
function InsideSamples() {
  return (
    <>
      <h2>{inside.title}</h2>
      <ul className="legend-two">
        {probes.map((result) => (
          <li key={result}>
            <span className={`legend-mark v-pip p-${result}`}>
              <ProbeMark result={result} />
            </span>
            <span>{inside.results[result]}</span>
          </li>
        ))}
        {volumes.map(([mark, name]) => (
          <li key={mark}>
            <span className="legend-mark is-volume">
              <VolumeMark mark={mark} />
            </span>
            <span>{name}</span>
          </li>
        ))}
      </ul>
    </>
  );
}

const messageSamples = [
  { name: 'request', d: 'M-5-5L6 0-5 5z', className: 'sample solid accent' },
  { name: 'answer', d: 'M-5-4.5L5.5 0-5 4.5z', className: 'sample accent' },
  { name: 'watch', d: 'M0-5L5 0 0 5-5 0z', className: 'sample create' },
  { name: 'heartbeat', d: 'M0-5V5', className: 'sample run' },
  {
    name: 'failure',
    d: 'M-7 0a7 7 0 1 0 14 0a7 7 0 1 0-14 0zM-3-3l6 6m0-6l-6 6',
    className: 'sample fail',
  },
] as const;

function PodSample({ look }: { look: PodLook }) {
  return (
    <span className="pod" data-look={look}>
      <PodShape look={look} w={22} h={22} shape="cell" hue={1} current containers={[]} />
    </span>
  );
}

function ContainerSample({ look }: { look: ContainerLook }) {
  return (
    <span className="pod legend-dot" data-look="running">
      <PodShape look="running" w={26} h={34} shape="tile" hue={1} current containers={[look]} />
    </span>
  );
}

function OwnerSample({ current }: { current: boolean }) {
  return (
    <svg width="26" height="16" viewBox="0 0 26 16" aria-hidden="true">
      <path
        d="M13 0V16"
        stroke="var(--o1)"
        strokeWidth="3"
        strokeDasharray={current ? undefined : '4 3'}
      />
    </svg>
  );
}
