// When a person cut the power or the cable of what has fallen silent, by the story's record.
import type { SceneStory } from '../../../scene/scene';
import type { StoryRule } from '../../../scene/story-parts';
import type { LostGroup } from '../../state/lost-groups';

const RULES: Record<'power' | 'cable', readonly [many: StoryRule, one: StoryRule]> = {
  power: ['youPowerOffAll', 'youPowerOff'],
  cable: ['youCutCableAll', 'youCutCable'],
};

/** Virtual time of the newest such act; undefined when none is told of. */
export function lostAtIn(
  stories: readonly SceneStory[],
  { cause, group, nodes }: LostGroup,
): number | undefined {
  if (cause === 'news') return undefined;
  const [many, one] = RULES[cause];
  const name = group?.name ?? nodes[0]!.name;
  const namespace = group?.namespace ?? '';
  const rule = group ? many : one;
  return stories.findLast(
    (story) =>
      story.rule === rule && story.about.name === name && story.about.namespace === namespace,
  )?.atMs;
}
