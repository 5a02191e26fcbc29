import { messages } from './messages';
import { useNoOwnPods } from './own-pods';

/** Shown where pods of the person would first appear, until there are any. */
export function EmptyHint() {
  return useNoOwnPods() ? <p className="empty-hint">{messages.emptyTray}</p> : null;
}
