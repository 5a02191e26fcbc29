import { beforeEach, describe, expect, it } from 'vitest';
import { editorStore, keepDraft, replaceText, typeText } from './editor-store';
import { samples } from './samples';

function storage(entries: Record<string, string> = {}) {
  return {
    entries,
    getItem: (key: string) => entries[key] ?? null,
    setItem: (key: string, value: string) => void (entries[key] = value),
  };
}

beforeEach(() => editorStore.setState(editorStore.getInitialState(), true));

describe('the document', () => {
  it('begins with the first sample', () => {
    expect(editorStore.getState()).toMatchObject({ fileName: 'web.yaml', text: samples[0]!.text });
  });

  it('keeps every word that is typed, and brings it back', () => {
    const kept = storage();
    keepDraft(kept, 'own');
    typeText('kind: Pod');
    editorStore.setState(editorStore.getInitialState(), true);
    keepDraft(
      storage({
        ...kept.entries,
        'kubarium.draft.own': JSON.stringify({
          fileName: 'web.yaml',
          text: 'kind: Pod',
          appliedText: null,
        }),
      }),
      'own',
    );
    expect(editorStore.getState()).toMatchObject({ text: 'kind: Pod', generation: 1 });
  });

  it.each(['', 'null', '{"text":1}', 'no json'])('ignores a draft like %j', (draft) => {
    keepDraft(storage({ 'kubarium.draft.own': draft }), 'own');
    expect(editorStore.getState().text).toBe(samples[0]!.text);
  });

  it('keeps nothing in a frame, and lives with a full disk', () => {
    const kept = storage();
    keepDraft(kept, null);
    keepDraft(
      {
        ...kept,
        setItem: () => {
          throw new Error('full');
        },
      },
      'own',
    );
    typeText('a');
    expect(editorStore.getState().text).toBe('a');
    expect(kept.entries).toEqual({});
  });

  it('can bring back the own text that a sample replaced, but not another sample', () => {
    replaceText(samples[1]!);
    expect(editorStore.getState().replaced).toBe(null);
    typeText('my own');
    replaceText(samples[2]!);
    expect(editorStore.getState()).toMatchObject({
      text: samples[2]!.text,
      replaced: { fileName: samples[1]!.fileName, text: 'my own' },
    });
  });
});
