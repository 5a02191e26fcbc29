import type { KubeObject } from '../../api/object';
import { parseTime } from '../../api/time';
import { useVirtualSecond } from '../app/use-virtual-age';
import { ageText } from '../app/virtual-time';
import { messages } from '../messages';

export interface Condition {
  type: string;
  status: string;
  reason?: string;
  message?: string;
  lastTransitionTime?: string;
}

/** The conditions of an object's status; none for kinds without. */
export function conditionsOf(object: KubeObject): Condition[] {
  return (
    (object as KubeObject & { status?: { conditions?: Condition[] } }).status?.conditions ?? []
  );
}

/** What the cluster holds true of the object, and since when. */
export function ConditionsTab({ object }: { object: KubeObject }) {
  const nowMs = useVirtualSecond();
  const conditions = conditionsOf(object);
  const columns = messages.inspector.conditionColumns;
  if (conditions.length === 0) return <p className="empty">{messages.inspector.noConditions}</p>;
  return (
    <table className="events is-conditions">
      <thead>
        <tr>
          <th>{columns.type}</th>
          <th>{columns.status}</th>
          <th>{columns.age}</th>
          <th>{columns.reason}</th>
        </tr>
      </thead>
      <tbody>
        {conditions.map(({ type, status, reason, message, lastTransitionTime }) => (
          <tr key={type}>
            <th scope="row">{type}</th>
            <td className="mono">{status}</td>
            <td className="num">
              {lastTransitionTime ? ageText(nowMs - parseTime(lastTransitionTime)) : ''}
            </td>
            <td>
              {reason}
              {message && <small>{message}</small>}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
