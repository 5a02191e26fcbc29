import { catalog } from '../../i18n/catalog';
import { Icon } from '../theme/Icon';
import { useView, viewStore } from './view-store';
import { VIEWS } from './views';

const words = catalog.views;

/** Chooses what stands in the canvas's place. */
export function ViewTabs() {
  const view = useView();
  return (
    <div className="seg view-tabs" role="group" aria-label={words.label}>
      {VIEWS.map(({ id, icon }) => (
        <button
          key={id}
          type="button"
          aria-pressed={id === view}
          onClick={() => viewStore.setState({ view: id })}
        >
          <Icon name={icon} />
          <span className="view-name">{words.names[id]}</span>
        </button>
      ))}
    </div>
  );
}
