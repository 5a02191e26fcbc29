// Finds what a record tells: families of rules, each looked up by who wrote what and how.
import type { TraceRecord } from '../sim/trace';
import type { MachineStories } from './machine-stories';
import { MACHINES, placeOf } from './messages';
import type { GroupStories } from './rules/group-stories';
import type { StoryFamily, StoryView, TellRule, Told } from './rules/rule';
import { storyFamilies } from './rules/rules';
import type { SceneComponent } from './scene';

export class StoryRules {
  private readonly table = new Map<string, TellRule[]>();
  private readonly acts: TellRule[] = [];
  private readonly programs: NonNullable<StoryFamily['programs']>[] = [];

  constructor(
    private readonly view: StoryView,
    private readonly machines: MachineStories,
    private readonly groups: GroupStories,
  ) {
    for (const family of storyFamilies) this.add(family());
  }

  /** What a record tells, or undefined when it is routine. */
  tell(record: TraceRecord): Told | undefined {
    const found = this.find(record);
    return found && this.groups.gather(found);
  }

  private find(record: TraceRecord): Told | undefined {
    const place = placeOf(record.actor);
    if (!place) return undefined;
    const { resource, verb, code } = record;
    if (resource.startsWith(MACHINES)) {
      const isAct = place === 'you' && resource === MACHINES && code < 400;
      return isAct ? this.machines.tell(record) : undefined;
    }
    if (place === 'you') return this.first(this.acts, record);
    if (code >= 400) return undefined;
    const who = place.startsWith('node:') ? 'kubelet' : place;
    const rules = this.table.get(`${who} ${verb} ${resource}`);
    return rules && this.first(rules, record);
  }

  /** What there is to tell of the control plane's programs. */
  tellPrograms(components: readonly SceneComponent[]): Told[] {
    return this.programs.flatMap((look) => look(components));
  }

  private add({ table = {}, act, programs }: StoryFamily): void {
    for (const [key, rule] of Object.entries(table)) {
      this.table.set(key, [...(this.table.get(key) ?? []), rule]);
    }
    if (act) this.acts.push(act);
    if (programs) this.programs.push(programs);
  }

  private first(rules: readonly TellRule[], record: TraceRecord): Told | undefined {
    for (const rule of rules) {
      const found = rule(record, this.view);
      if (found) return found;
    }
    return undefined;
  }
}
