import { Fragment, memo, useState } from 'react';
import type { SceneLink, SceneStory } from '../../scene/scene';
import { usePage } from '../app/page-context';
import { ageText, clockText } from '../app/virtual-time';
import { Icon } from '../theme/Icon';
import type { IconName } from '../theme/icon-paths';
import type { Chapter, StoryGroup } from './chapters';
import { pointsAt } from './pointed';
import { useStoryBook } from './story-book';
import { chainParts, namedObject, nextOf, sentenceOf } from './story-text';
import { sentenceOfMany, textParts } from './story-text';
import { words as stories } from './words';

const words = stories.panel;

/** Of a group, that many are listed one by one. */
const MEMBERS_MAX = 60;

export interface ChapterProps {
  chapter: Chapter;
  /** When the cluster began, virtual ms. */
  startMs: number;
  startsOpen: boolean;
}

/** What came of one act: its heading, and its groups while it is open. */
export const ChapterView = memo(function ChapterView(props: ChapterProps) {
  const { chapter, startMs, startsOpen } = props;
  const [choice, setChoice] = useState<boolean | null>(null);
  const open = choice ?? startsOpen;
  const { seconds } = clockText(chapter.startMs - startMs);
  return (
    <li className="chapter">
      <h3>
        <button
          type="button"
          className="chapter-head"
          aria-expanded={open}
          onClick={() => setChoice(!open)}
        >
          <Icon name={open ? 'down' : 'chev'} size={12} />
          <span className="chapter-title">{titleOf(chapter)}</span>
          {chapter.rollouts.map(({ deployment, replicaSet, state }) => (
            <span key={deployment} className={`chapter-rollout is-${state}`}>
              {words.rollout(deployment, replicaSet, state)}
            </span>
          ))}
          <span className="sp" />
          <span className="num">{words.count(chapter.count)}</span>
          <time className="num">{seconds}</time>
        </button>
      </h3>
      {open && (
        <ul className="chapter-groups">
          {chapter.groups.map((group) => (
            <GroupView key={group.key} group={group} startMs={chapter.startMs} />
          ))}
        </ul>
      )}
    </li>
  );
});

function titleOf({ run, act, about }: Chapter): string {
  if (run) return words.applied(run.fileName);
  if (!act) return words.byItself(about.text);
  const [link] = act.chain;
  return link?.act ? sentenceHead(stories.acts[link.act](link.text)) : about.text;
}

/** A title begins with a capital letter where the script has any. */
function sentenceHead(text: string): string {
  return text.charAt(0).toLocaleUpperCase() + text.slice(1);
}

interface GroupProps {
  group: StoryGroup;
  /** When its chapter began. */
  startMs: number;
}

const GroupView = memo(function GroupView({ group, startMs }: GroupProps) {
  const [open, setOpen] = useState(false);
  const { stories } = group;
  const last = stories.at(-1)!;
  const count = stories.length;
  const many = count > 1 ? sentenceOfMany(last, count) : undefined;
  return (
    <li className={`group is-${last.tone}`}>
      <Mark tone={last.tone} />
      <p>
        <Sentence story={last} text={many ?? sentenceOf(last)} />
        {count > 1 && !many && <span className="num"> {words.times(count)}</span>}
      </p>
      <time className="num">{sinceText(stories[0]!.atMs - startMs)}</time>
      <button
        type="button"
        className="btn sq group-more"
        aria-expanded={open}
        aria-label={words.more}
        title={words.more}
        onClick={() => setOpen(!open)}
      >
        <Icon name={open ? 'down' : 'chev'} size={12} />
      </button>
      {open && <Members group={group} startMs={startMs} />}
    </li>
  );
});

/** Each of a group, with its chain of causes. */
function Members({ group: { stories }, startMs }: GroupProps) {
  return (
    <ul className="group-members">
      {stories.slice(-MEMBERS_MAX).map((story) => (
        <li key={story.id}>
          {stories.length > 1 && (
            <p>
              <Sentence story={story} text={sentenceOf(story)} />
              <time className="num">{sinceText(story.atMs - startMs)}</time>
            </p>
          )}
          <ChainLinks story={story} />
        </li>
      ))}
    </ul>
  );
}

function ChainLinks({ story }: { story: SceneStory }) {
  const fileName = useStoryBook((book) => book.runs.get(story.root)?.fileName);
  const next = nextOf(story);
  return (
    <p className="chain-links">
      {chainParts(story, fileName).map(({ text, link, isNow }, i) => (
        <Fragment key={i}>
          {i > 0 && <Icon name="chev" size={10} />}
          <ObjectLink link={link} text={text} className={isNow ? 'link now' : 'link'} />
        </Fragment>
      ))}
      {next && (
        <>
          <Icon name="chev" size={10} />
          <span>{next}</span>
        </>
      )}
    </p>
  );
}

/** A sentence of which the names lead to their objects. */
function Sentence({ story, text }: { story: SceneStory; text: string }) {
  return textParts(text).map((part, i) => {
    const link = part.bold ? namedObject(story, part.text) : undefined;
    if (link) return <ObjectLink key={i} link={link} text={part.text} className="name" />;
    return part.bold ? <b key={i}>{part.text}</b> : <Fragment key={i}>{part.text}</Fragment>;
  });
}

function ObjectLink({ link, ...look }: { link: SceneLink; text: string; className: string }) {
  const { actions } = usePage();
  return (
    <button
      type="button"
      className={look.className}
      onClick={() => actions.inspect(link)}
      {...pointsAt(link)}
    >
      {look.text}
    </button>
  );
}

const marks: Record<SceneStory['tone'], IconName> = {
  plain: 'dash',
  good: 'check',
  warn: 'warn',
  bad: 'x',
};

function Mark({ tone }: { tone: SceneStory['tone'] }) {
  return (
    <span className="group-mark">
      <Icon name={marks[tone]} size={13} />
      {tone !== 'plain' && <span className="sr-only">{words.tones[tone]}</span>}
    </span>
  );
}

/** '+0.52s', '+2m4s': after the beginning of the chapter. */
function sinceText(ms: number): string {
  return ms < 60_000 ? `+${(ms / 1_000).toFixed(ms < 10_000 ? 2 : 1)}s` : `+${ageText(ms)}`;
}
