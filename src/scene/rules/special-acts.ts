// What a person's writes mean beyond that an object was made, changed or deleted.
import type { Deployment, Node, Pod } from '../../api/types';
import { linkOf, objectOf, told, type RuleTable, type StoryFamily } from './rule';

const special: RuleTable = {
  'create pods/eviction': (record) => {
    const about = linkOf('Pod', record);
    const { name: pod, code } = record;
    if (code === 429) return told('evictionRefused', { pod }, about, 'warn');
    return code < 400 ? told('youEvict', { pod }, about) : undefined;
  },
  'create pods/binding': (record, view) => {
    const node = objectOf<Pod>(record, view)?.spec.nodeName;
    if (record.code >= 400 || !node) return undefined;
    return told('youBind', { pod: record.name, node }, linkOf('Pod', record));
  },
};

/** Acts that only a comparison with what was there before can tell. */
export function specialActRules(): StoryFamily {
  const cordoned = new Set<string>();
  return {
    act: (record, view) => {
      const { resource, verb, code, name } = record;
      const rule = special[`${verb} ${resource}`];
      if (rule) return rule(record, view);
      if (code < 400 && resource.endsWith('/scale')) {
        const kind = view.kindOf(resource.split('/')[0]);
        const count = objectOf<Deployment>(record, view)?.spec.replicas;
        if (kind && count !== undefined) {
          return told('youScale', { kind, name, count }, linkOf(kind, record));
        }
      }
      if (code < 400 && resource === 'nodes') {
        const is = objectOf<Node>(record, view)?.spec.unschedulable === true;
        const was = cordoned.has(name);
        if (is) cordoned.add(name);
        else cordoned.delete(name);
        const act = is ? 'youCordon' : 'youUncordon';
        if (is !== was) return told(act, { node: name }, linkOf('Node', record));
      }
      return undefined;
    },
  };
}
