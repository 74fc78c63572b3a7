import type { WriteStream } from 'node:tty';
import type { Planned } from '../../lib/protocol/gateway.ts';
import { liveText } from '../../lib/report/text.ts';
import type { Timeline } from '../../lib/timeline/timeline.ts';

const REDRAW_MS = 250;
const HOME_AND_CLEAR = '\x1b[H\x1b[J';
const OTHER_SCREEN = '\x1b[?1049h';
const OWN_SCREEN = '\x1b[?1049l';

/** A summary that is redrawn in place, on the terminal's other screen; null where the output is not a terminal. */
export function liveScreen(
  out: WriteStream,
  planned: Planned,
  timeline: Timeline,
): { readonly close: () => void } | null {
  if (!out.isTTY) return null;
  const { subject } = planned;
  const where = subject.pid === null ? subject.path : `${subject.processName ?? ''} ${subject.pid}`;
  const title = `heatprobe  ${subject.symbol.demangled}  in ${where}`;
  const draw = (): void => {
    const lines = [...liveText(title, timeline), '', 'Ctrl-C ends the trace and prints the result.'];
    const width = out.columns || 80;
    out.write(
      HOME_AND_CLEAR +
        lines
          .slice(0, (out.rows || 24) - 1)
          .map((line) => line.slice(0, width))
          .join('\n'),
    );
  };
  out.write(OTHER_SCREEN);
  draw();
  const timer = setInterval(draw, REDRAW_MS);
  return {
    close() {
      clearInterval(timer);
      out.write(OWN_SCREEN);
    },
  };
}
