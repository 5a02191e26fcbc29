// The editor's acts for buttons and keys.
import { useCallback } from 'react';
import type { Cascade } from '../../kubectl/apply/delete';
import { usePage } from '../app/page-context';
import { panes } from '../app/pane-store';
import { engineStore } from '../state/engine-store';
import type { EditorAct } from '../state/editor-store';

export type Run = (act: EditorAct, cascade?: Cascade) => void;

/** Starts an act on the editor's text; without an engine nothing happens. */
export function useRun(): Run {
  const { session } = usePage();
  return useCallback(
    (act, cascade) => {
      const run = async () => {
        const { runEditor } = await import('./run-editor');
        const { engine } = engineStore.getState();
        if (!engine) return;
        const isApplied = await runEditor(engine, act, cascade);
        session.touched();
        // Where the editor covers the cluster, what it does now is what there is to see.
        if (isApplied) panes.setState({ front: 'cluster', drawer: false });
      };
      run().catch((error: unknown) => {
        session.say({ kind: 'actionFailed', what: '', message: String(error) });
      });
    },
    [session],
  );
}
