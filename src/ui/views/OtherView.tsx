import { Component, Suspense } from 'react';
import type { ReactNode } from 'react';
import { catalog } from '../../i18n/catalog';
import { useView, viewStore } from './view-store';
import { VIEWS } from './views';
import { ViewTabs } from './ViewTabs';
import './views.css';

const words = catalog.views;

/** The view that stands in the canvas's place; null while that is the cluster itself. */
export function OtherView() {
  const view = useView();
  const Part = VIEWS.find(({ id }) => id === view)?.Part;
  if (!Part) return null;
  return (
    <LoadGuard key={view}>
      <Suspense fallback={<Alone>{words.loading}</Alone>}>
        <Part />
      </Suspense>
    </LoadGuard>
  );
}

/** The tabs, and a word on why there is nothing else. */
function Alone({ children }: { children: ReactNode }) {
  return (
    <section className="view" aria-label={words.label}>
      <div className="view-bar">
        <ViewTabs />
      </div>
      <p className="view-word" role="status">
        {children}
      </p>
    </section>
  );
}

interface Failed {
  because: string | null;
}

/** A view that could not be fetched says so; the others still open. */
class LoadGuard extends Component<{ children: ReactNode }, Failed> {
  override state: Failed = { because: null };

  static getDerivedStateFromError(error: unknown): Failed {
    return { because: error instanceof Error ? error.message : String(error) };
  }

  override render() {
    if (this.state.because === null) return this.props.children;
    return (
      <Alone>
        {words.failed(this.state.because)}{' '}
        <button
          type="button"
          className="btn out"
          onClick={() => viewStore.setState({ view: 'cluster' })}
        >
          {words.names.cluster}
        </button>
      </Alone>
    );
  }
}
