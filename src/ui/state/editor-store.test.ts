import { beforeEach, describe, expect, it } from 'vitest';
import {
  closeTab,
  editorStore,
  keepDraft,
  newTab,
  openText,
  renameFile,
  replaceText,
  showTab,
  typeText,
} from './editor-store';
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

describe('the files', () => {
  const names = () => editorStore.getState().tabs.map(({ fileName }) => fileName);
  const front = () => {
    const { active, fileName, text } = editorStore.getState();
    return [active, fileName, text];
  };

  it('keep what is typed in each', () => {
    typeText('one');
    newTab();
    typeText('two');
    showTab(1);
    expect(front()).toEqual([1, 'web.yaml', 'one']);
    showTab(2);
    expect(front()).toEqual([2, 'new.yaml', 'two']);
  });

  it('open a text beside what is the own, and in place of what is not', () => {
    openText({ fileName: 'web.yaml', text: 'a' });
    expect(front()).toEqual([1, 'web.yaml', 'a']);
    openText({ fileName: 'web.yaml', text: 'b' });
    expect(names()).toEqual(['web.yaml', 'web-2.yaml']);
    openText({ fileName: 'web.yaml', text: 'a' });
    expect(front()).toEqual([1, 'web.yaml', 'a']);
  });

  it('close to the neighbour, and can be brought back', () => {
    typeText('one');
    newTab();
    typeText('two');
    closeTab(2);
    expect(front()).toEqual([1, 'web.yaml', 'one']);
    expect(editorStore.getState().replaced).toEqual({ fileName: 'new.yaml', text: 'two' });
    closeTab(1);
    expect(names()).toEqual(['new.yaml']);
    expect(editorStore.getState().text).toBe('');
  });

  it('take another name, but not none', () => {
    renameFile(' shop.yaml ');
    renameFile(' ');
    expect(names()).toEqual(['shop.yaml']);
  });

  it('come back as they were left', () => {
    const kept = storage();
    keepDraft(kept, 'own');
    typeText('one');
    newTab();
    typeText('two');
    newTab();
    typeText('three');
    showTab(2);
    const entries = { ...kept.entries };
    editorStore.setState(editorStore.getInitialState(), true);
    keepDraft(storage(entries), 'own');
    expect([names(), front()]).toEqual([
      ['web.yaml', 'new.yaml', 'new-2.yaml'],
      [2, 'new.yaml', 'two'],
    ]);
    showTab(3);
    expect(front()).toEqual([3, 'new-2.yaml', 'three']);
  });
});
