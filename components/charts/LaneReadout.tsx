import type { Language } from '../../lib/binary/binary.ts';
import { endingWords } from '../../lib/calls/ending.ts';
import { address, duration, plural } from '../../lib/format/format.ts';
import { clockOf } from '../../lib/lanes/ruler.ts';
import type { Call } from '../../lib/timeline/calls.ts';
import type { EpochMillis } from '../../lib/units.ts';

interface Props {
  readonly call: Call;
  /** So many calls are the mark under the pointer; the one shown is the slowest of them. */
  readonly calls: number;
  readonly names: ReadonlyMap<number, string>;
  readonly wallOffset: EpochMillis;
  readonly isSlow: boolean;
  readonly language: Language;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

const GAP = 14;

/** The exact call under the pointer, beside it and never over it. */
export function LaneReadout({ call, calls, names, wallOffset, isSlow, language, x, y, width, height }: Props) {
  const style = {
    ...(x > width / 2 ? { right: width - x + GAP } : { left: x + GAP }),
    ...(y > height / 2 ? { bottom: height - y + GAP } : { top: y + GAP }),
  };
  const who = [call.goroutine > 0 ? `goroutine ${call.goroutine}` : '', `thread ${call.tid}`, `process ${call.pid}`];
  return (
    <div
      data-testid="lane-readout"
      className="pointer-events-none absolute z-10 max-w-[360px] rounded-chip border border-line bg-panel px-[10px] py-[6px] text-12 whitespace-nowrap"
      style={style}
    >
      {calls > 1 ? <p className="text-muted">{plural(calls, 'call')} here, the slowest:</p> : null}
      <p className={isSlow ? 'font-medium text-slow' : 'font-medium text-text'}>
        {duration(call.duration, 4)}
        {call.outcome === 'returned' ? null : (
          <span className="font-normal text-warn"> · {endingWords(call.outcome, language)}</span>
        )}
      </p>
      <p className="text-muted">started {clockOf(call.start, wallOffset, 6)}</p>
      <p className="text-muted">{who.filter(Boolean).join(' · ')}</p>
      <p className="truncate font-mono text-muted">
        {names.get(call.caller) ?? (call.caller > 0 ? address(call.caller) : 'caller unknown')}
      </p>
      {call.standsFor > 1 ? (
        <p className="text-muted">stands for {plural(Math.round(call.standsFor), 'call')}</p>
      ) : null}
    </div>
  );
}
