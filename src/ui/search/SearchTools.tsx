import { lazy, Suspense, useEffect } from 'react';
import { catalog } from '../../i18n/catalog';
import { Icon } from '../theme/Icon';
import { isFiltering, useFilters } from './filters';
import { searchUi, useSearchUi } from './search-ui';

const words = catalog.tools;
const FindBox = lazy(() => import('./FindBox'));
const FilterBar = lazy(() => import('./FilterBar'));

/** The two buttons in the canvas's bar. */
export function SearchButtons() {
  const open = useSearchUi((ui) => ui.open);
  const filtering = useFilters(isFiltering);
  const toggle = (which: 'find' | 'filter') =>
    searchUi.setState({ open: open === which ? null : which });
  return (
    <div className="seg">
      <button
        type="button"
        aria-label={words.find}
        title={`${words.find} (/)`}
        aria-expanded={open === 'find'}
        aria-keyshortcuts="/"
        onClick={() => toggle('find')}
      >
        <Icon name="search" />
      </button>
      <button
        type="button"
        className={filtering ? 'is-set' : ''}
        aria-label={words.filter}
        title={words.filter}
        aria-expanded={open === 'filter'}
        aria-pressed={filtering}
        onClick={() => toggle('filter')}
      >
        <Icon name="filter" />
      </button>
    </div>
  );
}

/** What the buttons and `/` open over the picture. */
export function SearchPanels() {
  const open = useSearchUi((ui) => ui.open);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const { target } = event;
      const isTyping =
        target instanceof HTMLElement && (target.isContentEditable || isField(target));
      if (event.key !== '/' || isTyping || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      searchUi.setState({ open: 'find' });
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, []);
  const close = () => searchUi.setState({ open: null });
  return (
    <Suspense>
      {open === 'find' && <FindBox onClose={close} />}
      {open === 'filter' && <FilterBar onClose={close} />}
    </Suspense>
  );
}

function isField(element: HTMLElement): boolean {
  return (
    /^(INPUT|TEXTAREA|SELECT)$/.test(element.tagName) || element.closest('.monaco-editor') !== null
  );
}
