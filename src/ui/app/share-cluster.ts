// The link of the cluster on this page, and the snippet that puts it into another.
import { messages } from '../messages';
import { editorStore } from '../state/editor-store';
import { engineStore } from '../state/engine-store';
import { readMachines } from '../state/machines';
import type { Session } from '../state/session';
import { shareFragment } from '../state/share-link';

const MACHINES_SHARED = 60;

/** The page's address with everything in its fragment. */
export async function shareUrl(session: Session): Promise<string> {
  const { engine } = engineStore.getState();
  if (!engine) throw new Error(messages.editor.noServer);
  const all = await readMachines(engine);
  // A link with thousands of machines is no link.
  const machines = all.length > MACHINES_SHARED ? [] : all;
  const manifests = editorStore.getState().text;
  const fragment = await shareFragment({ ...session.describe(), machines, manifests });
  return `${location.origin}${location.pathname}${fragment}`;
}

/** An iframe of the same cluster. */
export async function embedSnippet(session: Session): Promise<string> {
  const [page, fragment] = (await shareUrl(session)).split('#');
  const source = `${page}?embed=1#${fragment}`;
  return (
    `<iframe src="${source}"\n` +
    `  title="${messages.embedFrameTitle}" width="760" height="460"\n` +
    `  style="border:0;width:100%" loading="lazy" allow="clipboard-write"></iframe>`
  );
}
