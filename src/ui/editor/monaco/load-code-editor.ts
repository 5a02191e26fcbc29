// Brings Monaco in piece by piece, each evaluated in an idle moment of its own, so that no frame
// waits for all of it.
type Piece = () => Promise<unknown>;

const pieces: readonly Piece[] = [
  () => import('./piece-base'),
  () => import('./piece-widget'),
  () => import('./piece-standalone'),
  () => import('./monaco'),
];

/** The maker of editors, once everything it needs is there. */
export async function loadCodeEditor() {
  for (const piece of pieces) {
    await piece();
    await idle();
  }
  return import('./create-code-editor');
}

function idle(): Promise<void> {
  return new Promise((resolve) => {
    if ('requestIdleCallback' in window) requestIdleCallback(() => resolve(), { timeout: 200 });
    else setTimeout(resolve);
  });
}
