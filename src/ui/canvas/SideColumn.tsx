import { memo } from 'react';
import { useShallow } from 'zustand/react/shallow';
import { Icon } from '../theme/Icon';
import { useReadout } from '../state/scene-readout';
import { openObject, useActions } from './actions-context';
import type { Box, CanvasLayout } from './layout';
import { messages } from './messages';
import { servicesRoom, shownServices } from './services';
import './side-column.css';

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

/** The Services, those of the person first; what does not fit is counted. */
export const Services = memo(function Services({ box, columns }: { box: Box; columns: number }) {
  const room = servicesRoom(box) * columns;
  const services = useReadout(useShallow((scene) => shownServices(scene.services, room)));
  const total = useReadout((scene) => scene.services.size);
  const actions = useActions();
  return (
    <div className="services" style={{ gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))` }}>
      {services.map((it) => (
        <button
          key={it.key}
          type="button"
          className="side-card service nopan"
          data-kind="Service"
          data-namespace={it.namespace}
          data-name={it.name}
          data-stop
          aria-label={messages.serviceLabel(it.name, it.ready, it.total)}
          title={`${it.namespace}/${it.name} · ${it.type} · ${it.ports.join(', ')}`}
          onClick={() =>
            openObject(actions, {
              kind: 'Service',
              namespace: it.namespace,
              name: it.name,
              text: it.name,
            })
          }
        >
          <i className="service-bar" style={{ background: `var(--o${it.hue})` }} />
          <Icon name="svc" size={14} />
          <b>{it.name}</b>
          <span className={it.ready < it.total ? 'service-ready t-pend' : 'service-ready'}>
            {it.ready}/{it.total}
          </span>
          <span className="mono service-ip">
            {it.clusterIP === 'None' ? messages.headless : it.clusterIP}
          </span>
        </button>
      ))}
      {total > services.length && (
        <span className="services-more">{messages.servicesMore(total - services.length)}</span>
      )}
    </div>
  );
});
