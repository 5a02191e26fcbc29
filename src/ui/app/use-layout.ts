// The three layouts of the page, by width.
import { useSyncExternalStore } from 'react';

export type Layout = 'wide' | 'medium' | 'phone';

const wide = '(min-width: 1200px)';
const phone = '(max-width: 759px)';

export function useLayout(): Layout {
  return useSyncExternalStore(subscribe, current);
}

function current(): Layout {
  if (matchMedia(wide).matches) return 'wide';
  return matchMedia(phone).matches ? 'phone' : 'medium';
}

function subscribe(onChange: () => void): () => void {
  const queries = [matchMedia(wide), matchMedia(phone)];
  for (const query of queries) query.addEventListener('change', onChange);
  return () => {
    for (const query of queries) query.removeEventListener('change', onChange);
  };
}
