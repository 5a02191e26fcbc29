import { memo } from 'react';
import { dotPath } from '../PodShape';
import { inside } from './words';
import type { VesselLine, VesselPlace } from './inside-room';
import { shortImage, type ProbeResult, type Vessel } from './vessels';

/** A narrower vessel has room for its mark alone. */
const namedW = 46;

interface VesselBoxProps {
  vessel: Vessel;
  place: VesselPlace;
}

/** A container as a vessel: its shape and colour say its state, its mark what kind it is. */
export const VesselBox = memo(function VesselBox({ vessel, place }: VesselBoxProps) {
  const { x, y, w, h, lines } = place;
  return (
    <span
      className={`vessel v-${vessel.tone}${w < namedW ? ' is-mark' : ''}`}
      style={{ left: x, top: y, width: w, height: h }}
      data-part={vessel.name && `container ${vessel.name}`}
      data-container={vessel.name}
      data-tone={vessel.tone}
    >
      {lines.map((line, i) => (
        <Line key={i} line={line} vessel={vessel} />
      ))}
    </span>
  );
});

function Line({ line, vessel }: { line: VesselLine; vessel: Vessel }) {
  switch (line.kind) {
    case 'title':
      return <Title vessel={vessel} hasPips={line.hasPips} image={line.image} />;
    case 'reason':
      return <span className="v-line v-reason">{vessel.reason}</span>;
    case 'image':
      return <span className="v-line">{shortImage(vessel.image)}</span>;
    case 'last':
      return (
        <span className="v-line">
          {inside.last} {vessel.last}
        </span>
      );
    case 'probes':
      return <Probes vessel={vessel} inWords={line.inWords} />;
    case 'mount':
      return (
        <span className="v-line v-mount">
          {line.text} <i>{line.volume}</i>
        </span>
      );
  }
}

interface TitleProps {
  vessel: Vessel;
  hasPips: boolean;
  image: string;
}

function Title({ vessel, hasPips, image }: TitleProps) {
  const { name, look, restarts } = vessel;
  return (
    <span className="v-line v-title">
      <svg className="v-mark" width="9" height="9" viewBox="0 0 9 9" aria-hidden="true">
        <path className={`pod-dot d-${look}`} d={dotPath(look, 1.5, 4.5)} />
      </svg>
      <b>{name}</b>
      {image && <span className="v-image">{image}</span>}
      {(restarts > 0 || (hasPips && vessel.probes.length > 0)) && <span className="v-sp" />}
      {restarts > 0 && (
        <span className="v-restarts">
          <svg width="9" height="9" viewBox="0 0 10 10" aria-hidden="true">
            <path d="M8.6 5A3.6 3.6 0 1 1 7.3 2.2M8 .4v2.3H5.7" />
          </svg>
          {restarts}
        </span>
      )}
      {hasPips && <Pips vessel={vessel} />}
    </span>
  );
}

const initials = { startup: 'S', readiness: 'R', liveness: 'L' } as const;

function Pips({ vessel }: { vessel: Vessel }) {
  return vessel.probes.map(({ kind, result }) => (
    <span key={kind} className={`v-pip p-${result}`} data-probe={kind} data-result={result}>
      <ProbeMark result={result} />
      {initials[kind]}
    </span>
  ));
}

function Probes({ vessel, inWords }: { vessel: Vessel; inWords: boolean }) {
  return (
    <span className="v-line v-probes">
      {vessel.probes.map(({ kind, result }) => (
        <span key={kind} className={`v-pip p-${result}`} data-probe={kind} data-result={result}>
          <ProbeMark result={result} />
          {inWords ? inside.probes[kind] : initials[kind]}
        </span>
      ))}
    </span>
  );
}

const probeMarks: Record<ProbeResult, string> = {
  passed: 'M1 4.2l2 2L7 1.8',
  failed: 'M1.5 1.5l5 5m0-5l-5 5',
  waiting: 'M1.6 4a2.4 2.4 0 1 0 4.8 0a2.4 2.4 0 1 0-4.8 0z',
  unknown: 'M1 4h.01M4 4h.01M7 4h.01',
};

/** Tick, cross, ring or dots: what came of a probe when it was last run. */
export function ProbeMark({ result }: { result: ProbeResult }) {
  return (
    <svg className="p-mark" width="8" height="8" viewBox="0 0 8 8" aria-hidden="true">
      <path d={probeMarks[result]} />
    </svg>
  );
}
