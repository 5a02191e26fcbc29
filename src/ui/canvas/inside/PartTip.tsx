import { useLayoutEffect, useRef } from 'react';
import type { Pod } from '../../../api/types';
import { useScene } from '../../state/scene-store';
import { useTick } from '../clock-context';
import { isSilent } from '../node-state';
import { useSeen } from './inside-store';
import { stateWords } from './inside-words';
import { podVolumes, type PodVolume } from './pod-volumes';
import { ProbeMark } from './VesselBox';
import { vesselsOf, type Vessel } from './vessels';
import { VolumeMark } from './VolumeMark';
import { inside } from './words';
import './inside.css';

export interface PartTipProps {
  podKey: string;
  /** 'container nginx', 'volume data' */
  part: string;
}

/** All that is known of the container or the volume under the pointer, beside its pod. */
export default function PartTip({ podKey, part }: PartTipProps) {
  const pod = useScene((scene) => scene.pods.get(podKey));
  const isStale = useScene((scene) => {
    const node = scene.nodes.get(pod?.node ?? '');
    return node !== undefined && isSilent(node);
  });
  const object = useSeen((state) => pod && state.byNode.get(pod.node)?.get(pod.key));
  const ref = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    if (ref.current) standBeside(ref.current, podKey, part);
  });
  if (!object) return null;
  return (
    <div ref={ref} className="tip" role="tooltip">
      <Part pod={object} part={part} isStale={isStale} />
    </div>
  );
}

/** Beside the pod, so that its other parts stay in view. */
function standBeside(tip: HTMLElement, podKey: string, part: string): void {
  const home = tip.offsetParent;
  const pod = home?.querySelector(`.pod[data-key="${CSS.escape(podKey)}"]`);
  const at = pod?.querySelector(`[data-part="${CSS.escape(part)}"]`);
  if (!home || !pod || !at) return;
  const frame = home.getBoundingClientRect();
  const { left, right } = pod.getBoundingClientRect();
  const most = home.clientWidth - tip.offsetWidth - gap;
  const after = right - frame.left + gap;
  const before = left - frame.left - tip.offsetWidth - gap;
  const top = at.getBoundingClientRect().top - frame.top;
  const lowest = home.clientHeight - tip.offsetHeight - gap;
  tip.style.left = `${after <= most ? after : Math.max(gap, Math.min(before, most))}px`;
  tip.style.top = `${Math.max(gap, Math.min(top, lowest))}px`;
}

const gap = 8;

function Part({ pod, part, isStale }: { pod: Pod; part: string; isStale: boolean }) {
  const unhealthy = useSeen((state) => state.unhealthy);
  const nowMs = useTick((now) => Math.floor(now / 1000) * 1000);
  const name = part.replace(/^\w+ /, '');
  const vessels = vesselsOf(pod, unhealthy, nowMs, isStale);
  const vessel = vessels.find((each) => each.name === name);
  if (part.startsWith('container') && vessel) return <VesselTip vessel={vessel} />;
  const volume = podVolumes(pod, vessels).find((each) => each.name === name);
  return volume && <VolumeTip volume={volume} />;
}

function VesselTip({ vessel }: { vessel: Vessel }) {
  const { name, role, image, restarts, last, message, probes, mounts } = vessel;
  const about = [inside[role], stateWords(vessel), restarts > 0 ? inside.restarts(restarts) : ''];
  return (
    <>
      <b>{name}</b>
      <span className={`tip-state t-${vessel.tone}`}>{about.filter(Boolean).join(' · ')}</span>
      {message && <p className="tip-said">{message}</p>}
      <dl className="tip-rows">
        <Row label={inside.image}>{image}</Row>
        {last && <Row label={inside.last}>{last}</Row>}
        {probes.map(({ kind, result, asks, periodSeconds, said }) => (
          <Row key={kind} label={inside.probes[kind]}>
            <span className={`v-pip p-${result}`}>
              <ProbeMark result={result} />
              {inside.results[result]}
            </span>
            <small>{result === 'failed' && said ? said : inside.every(asks, periodSeconds)}</small>
          </Row>
        ))}
        {mounts.map(({ volume, path, isReadOnly }) => (
          <Row key={path} label={inside.mounts}>
            {path}
            <small>{isReadOnly ? `${volume}, ${inside.readOnly}` : volume}</small>
          </Row>
        ))}
      </dl>
    </>
  );
}

function VolumeTip({ volume }: { volume: PodVolume }) {
  const { name, mark, type, source, mounts } = volume;
  return (
    <>
      <b>{name}</b>
      <span className="tip-state">
        <VolumeMark mark={mark} /> {[type, source].filter(Boolean).join(' · ')}
      </span>
      <dl className="tip-rows">
        {mounts.length === 0 && <Row label={inside.mountedBy}>{inside.notMounted}</Row>}
        {mounts.map(({ container, path, isReadOnly }) => (
          <Row key={container + path} label={inside.mountedBy}>
            {container}
            <small>{isReadOnly ? `${path}, ${inside.readOnly}` : path}</small>
          </Row>
        ))}
      </dl>
    </>
  );
}

function Row({ label, children }: { label: string; children: React.ReactNode }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}
