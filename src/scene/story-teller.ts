// Who tells the story of a cluster. It stands alone so that the tab can load it after the first
// picture: what has happened by then is in the trace, and is told then.
import { MachineStories } from './machine-stories';
import { GroupStories } from './rules/group-stories';
import type { MakeTeller } from './rules/rule';
import { Stories } from './stories';
import { StoryRules } from './story-rules';

export const storyTeller: MakeTeller = (view, machines) =>
  new Stories(
    new StoryRules(view, new MachineStories(view, machines), new GroupStories(view, machines)),
    view,
  );
