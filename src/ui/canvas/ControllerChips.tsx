import { useReadout } from '../state/scene-readout';
import { chipName, chooseChips } from './controller-chips';
import { messages } from './messages';

/** A chip a controller: its queue's depth, filled while it reconciles. */
export function ControllerChips({ width, rows }: { width: number; rows: number }) {
  const controllers = useReadout((scene) => scene.controllers);
  const { shown, hidden, hiddenBusy } = chooseChips(controllers, width, rows);
  return (
    <span className="chips">
      {shown.map(({ name, queue, busy }) => (
        <span
          key={name}
          className={`chip${busy ? ' is-busy' : ''}${queue > 0 ? '' : ' is-zero'}`}
          data-kind="Controller"
          data-namespace=""
          data-name={name}
          title={messages.controller(name, queue, busy)}
        >
          <span>{chipName(name)}</span>
          <b className="mono">{queue}</b>
        </span>
      ))}
      {hidden > 0 && (
        <span
          className={`chip chip-more${hiddenBusy ? ' is-busy' : ''}`}
          title={messages.moreControllers(hidden)}
        >
          {messages.more(hidden)}
        </span>
      )}
    </span>
  );
}
