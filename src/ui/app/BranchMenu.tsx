import type { PastBranch } from '../../host/protocol';
import { useEngine } from '../state/engine-store';
import { takeBranch, useHistory } from '../state/history';
import { Icon } from '../theme/Icon';
import { Menu } from './Menu';
import { clockText } from './virtual-time';
import { words } from '../timeline/time-words';

/** The courses that the cluster took, once there is more than one: each can be taken up again. */
export default function BranchMenu() {
  const branches = useHistory((state) => state.branches);
  const startMs = useEngine((state) => state.clock.startMs);
  const current = branches.find((branch) => branch.current);
  if (!current || branches.length < 2) return null;
  const at = (ms: number) => clockText(ms - startMs).seconds;
  const about = ({ id, from, seed, nowMs }: PastBranch) =>
    [
      from ? words.branchFrom(from.branch, at(from.atMs)) : words.branchFirst,
      seed !== undefined && words.branchSeed(seed),
      id !== current.id && words.branchUntil(at(nowMs)),
    ]
      .filter((part) => part !== false)
      .join(' · ');
  return (
    <Menu
      className="btn"
      menuLabel={words.branches}
      heading={words.branches}
      align="end"
      above
      items={branches.map((branch) => ({
        id: String(branch.id),
        name: words.branchName(branch.id),
        about: about(branch),
        checked: branch.current,
        run: () => takeBranch(branch.id),
      }))}
    >
      <Icon name="place" />
      {words.branchName(current.id)}
      <Icon name="down" />
    </Menu>
  );
}
