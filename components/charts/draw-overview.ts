/** The strip of the whole trace: how many calls a second as an area, the slowest of each moment as dots above it. */
import type { Overview } from '../../lib/chart/overview.ts';

interface Surface {
  readonly context: CanvasRenderingContext2D;
  readonly width: number;
  readonly height: number;
}

/** So many decades below the slowest call the dots are at the bottom. */
const DECADES = 4;

export function drawOverview({ rate, slowest, mostRate, slowestOfAll }: Overview, surface: Surface): void {
  const { context, width, height } = surface;
  const style = getComputedStyle(context.canvas);
  const step = width / rate.length;
  context.globalAlpha = 0.6;
  context.fillStyle = style.getPropertyValue('--bar');
  rate.forEach((value, at) => {
    // A second without a call is a gap, one call in it is a line.
    if (!(value > 0)) return;
    const high = Math.max(1, (value / mostRate) * (height - 2));
    context.fillRect(at * step, height - high, Math.ceil(step), high);
  });
  context.globalAlpha = 1;
  context.fillStyle = style.getPropertyValue('--slow');
  slowest.forEach((value, at) => {
    if (value === 0) return;
    const share = Math.max(0, 1 + Math.log10(value / slowestOfAll) / DECADES);
    context.fillRect(at * step, Math.round((1 - share) * (height - 3)), Math.max(1.5, step), 2);
  });
}
