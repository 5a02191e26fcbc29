// Makes the cluster of a link: its machines, its text in the editor, and that text applied.
import type { Engine } from '../state/engine';
import { editorStore, replaceText } from '../state/editor-store';
import { engineStore } from '../state/engine-store';
import { messages } from '../messages';
import { makeMachines } from '../state/machines';
import { samples } from '../state/samples';
import type { SharedCluster } from '../state/share-link';

/**
 * A draft that the visitor made of an opened link stays; only a fresh editor takes the link's text.
 */
export async function openShared(engine: Engine, cluster: SharedCluster): Promise<void> {
  const opened = { fileName: 'shared.yaml', text: cluster.manifests };
  editorStore.setState({ opened });
  const isFresh = editorStore.getState().text === samples[0]!.text;
  if (isFresh) replaceText(opened);
  const failures = cluster.machines.length > 0 ? await makeMachines(engine, cluster.machines) : [];
  if (failures.length > 0) {
    const message = messages.notices.sharedMachines(failures.join('; '));
    engineStore.setState({ notice: { kind: 'actionFailed', what: '', message } });
  }
  if (editorStore.getState().text !== cluster.manifests || !cluster.manifests.trim()) return;
  const { runEditor } = await import('./run-editor');
  await runEditor(engine, 'apply');
}
