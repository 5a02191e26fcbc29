// Canvases hold colours of their own: they have to hear when those of the page become others.

/** Calls back when the theme was chosen anew or the system's changed; returns how to stop. */
export function onThemeChange(changed: () => void): () => void {
  const chosen = new MutationObserver(changed);
  chosen.observe(document.documentElement, { attributeFilter: ['data-theme'] });
  const scheme = matchMedia('(prefers-color-scheme: dark)');
  scheme.addEventListener('change', changed);
  return () => {
    chosen.disconnect();
    scheme.removeEventListener('change', changed);
  };
}
