/** A name in little room: its end, which tells like pods apart, is never cut. */
export function PieceName({ name }: { name: string }) {
  const at = name.lastIndexOf('-') + 1;
  return (
    <span className="piece-name">
      {at > 0 && <span>{name.slice(0, at)}</span>}
      <b>{name.slice(at)}</b>
    </span>
  );
}
