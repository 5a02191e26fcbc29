// What the person does through the API, as parts of sentences.
import { linkOf, objectOf, told, type StoryFamily, type TellRule } from './rule';

const VERBS: Record<string, 'youCreate' | 'youChange' | 'youDelete' | undefined> = {
  create: 'youCreate',
  update: 'youChange',
  patch: 'youChange',
  delete: 'youDelete',
};

const yourAct: TellRule = (record, view) => {
  const [plural, subresource] = record.resource.split('/');
  const kind = view.kindOf(plural);
  const rule = VERBS[record.verb];
  if (!kind || !rule || subresource === 'status') return undefined;
  const { name, code, verb } = record;
  const about = linkOf(kind, record);
  if (code >= 400) return told('youRefused', { kind, name, verb, code }, about, 'bad');
  if (rule === 'youDelete') {
    return told(rule, { kind, name, stays: objectOf(record, view) !== undefined }, about);
  }
  return told(rule, { kind, name }, about);
};

export function actRules(): StoryFamily {
  return { act: yourAct };
}
