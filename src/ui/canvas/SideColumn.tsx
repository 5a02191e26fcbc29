import { memo, type CSSProperties } from 'react';
import { catalog } from '../../i18n/catalog';
import type { SceneService } from '../../scene/scene';
import { Icon } from '../theme/Icon';
import { useReadout } from '../state/scene-readout';
import { openObject, useActions } from './actions-context';
import type { Door } from './ingress-doors';
import type { Box, CanvasLayout } from './layout';
import { messages } from './messages';
import { sideTops, useSideChoice } from './services';
import { listed } from '../state/language';
import './side-column.css';

const words = catalog.sides;

/** The person, outside the cluster: where their requests come from. */
export function YouCard() {
  return (
    <div className="side-card you" data-kind="Client" data-namespace="" data-name="you">
      <Icon name="user" size={14} />
      <b>{messages.you}</b>
      <span>{messages.youAbout}</span>
    </div>
  );
}

/** The heading of the tray; the pods in it lie in the pod layer. */
export const TrayHead = memo(function TrayHead({ kind }: { kind: CanvasLayout['kind'] }) {
  const count = useReadout((scene) => {
    let n = 0;
    for (const pod of scene.pods.values()) if (pod.node === '') n++;
    return n;
  });
  if (count === 0) return null;
  return (
    <div className={`tray tray-${kind}`} data-kind="Tray" data-namespace="" data-name="unscheduled">
      <b>{messages.unscheduled}</b>
      <span className="num">{count}</span>
    </div>
  );
});

export interface SidesProps {
  box: Box;
  /** Of the grid on a phone; one column at the desk has its places from the layout. */
  columns: number;
}

/** The internet, the Ingresses and the Services; what does not fit is counted. */
export const Sides = memo(function Sides({ box, columns }: SidesProps) {
  const choice = useSideChoice(box, columns);
  const tops = sideTops(choice);
  const isColumn = columns === 1;
  const at = (top: number | null | undefined): CSSProperties | undefined =>
    isColumn ? { position: 'absolute', top: top ?? 0, width: box.w } : undefined;
  const grid = isColumn
    ? undefined
    : { display: 'grid', gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))` };
  const { waysIn, doors, services, hiddenDoors, hiddenServices } = choice;
  return (
    <div className="services" style={grid}>
      {waysIn > 0 && <Internet waysIn={waysIn} style={at(tops.internet)} />}
      {doors.map((door, i) => (
        <DoorCard key={`door ${door.key}`} door={door} style={at(tops.doors[i])} />
      ))}
      {services.map((service, i) => (
        <ServiceCard key={service.key} service={service} style={at(tops.services[i])} />
      ))}
      {hiddenDoors + hiddenServices > 0 && (
        <span className="services-more" style={at(tops.more)}>
          {words.more(hiddenDoors, hiddenServices)}
        </span>
      )}
    </div>
  );
});

type Placed<T> = T & { style: CSSProperties | undefined };

/** All that is outside the cluster and may come in. */
function Internet({ waysIn, style }: Placed<{ waysIn: number }>) {
  return (
    <div
      className="side-card you"
      style={style}
      title={words.internetAbout}
      data-kind="Client"
      data-namespace=""
      data-name="internet"
    >
      <Icon name="globe" size={14} />
      <b>{words.internet}</b>
      <span>{words.waysIn(waysIn)}</span>
    </div>
  );
}

function DoorCard({ door, style }: Placed<{ door: Door }>) {
  const actions = useActions();
  const { namespace, name, routes, hasAddress } = door;
  const host = door.host || words.anyHost;
  const [first] = routes;
  const said = routes.map(({ path, service }) => words.ingressRoute(path, service));
  const about = hasAddress ? listed(said) : listed([...said, words.noAddress]);
  return (
    <button
      type="button"
      className={hasAddress ? 'side-card door nopan' : 'side-card door is-closed nopan'}
      style={style}
      data-kind="Ingress"
      data-namespace={namespace}
      data-name={name}
      data-stop
      aria-label={words.ingressLabel(name, host, about)}
      title={`${namespace}/${name} · ${about}`}
      onClick={() => openObject(actions, { kind: 'Ingress', namespace, name, text: name })}
    >
      <Icon name="gate" size={14} />
      <b>{host}</b>
      {door.moreHosts > 0 && <span className="mono">+{door.moreHosts}</span>}
      <span className="door-route">
        {first ? words.ingressRoute(first.path, first.service) : words.ingress}
        {routes.length > 1 && ` +${routes.length - 1}`}
      </span>
    </button>
  );
}

function ServiceCard({ service, style }: Placed<{ service: SceneService }>) {
  const actions = useActions();
  const { namespace, name, ready, total, type, ports, clusterIP, hue } = service;
  return (
    <button
      type="button"
      className="side-card service nopan"
      style={style}
      data-kind="Service"
      data-namespace={namespace}
      data-name={name}
      data-stop
      aria-label={messages.serviceLabel(name, ready, total)}
      title={`${namespace}/${name} · ${type} · ${ports.join(', ')}`}
      onClick={() => openObject(actions, { kind: 'Service', namespace, name, text: name })}
    >
      <i className="service-bar" style={{ background: `var(--o${hue})` }} />
      <Icon name="svc" size={14} />
      <b>{name}</b>
      <span className={ready < total ? 'service-ready t-pend' : 'service-ready'}>
        {ready}/{total}
      </span>
      <span className="mono service-ip">
        {clusterIP === 'None' ? messages.headless : clusterIP}
      </span>
    </button>
  );
}
