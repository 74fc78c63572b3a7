/** What must not be overlooked: broken sums, losses. */
export function Alarms({ alarms }: { readonly alarms: readonly string[] }) {
  if (alarms.length === 0) return null;
  return (
    <div
      role="alert"
      data-testid="alarms"
      className="max-h-[76px] overflow-y-auto border-b border-line bg-strip px-4 py-2 text-12 text-warn"
    >
      <ul>
        {alarms.toReversed().map((alarm) => (
          <li key={alarm}>{alarm}</li>
        ))}
      </ul>
    </div>
  );
}
