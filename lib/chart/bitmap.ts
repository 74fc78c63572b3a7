/** The heat map as pixels: each pixel is exactly one cell, at the cell's own time and latency. */
import { rowAt } from './axis.ts';
import { gridColumnAt, type HeatGrid } from './grid.ts';

/**
 * Writes the cells as pixels.
 * @param levels of the grid's cells, see `colourLevels`
 * @param colours 256 colours as R, G, B, A
 * @param pixels of an image of `width` by `height`, R, G, B, A; written in place
 */
export function paintCells(
  grid: HeatGrid,
  levels: Uint8Array,
  colours: Uint8ClampedArray,
  { pixels, width, height }: { readonly pixels: Uint8ClampedArray; readonly width: number; readonly height: number },
): void {
  // Four bytes at once: the order of bytes in a word is the same on both sides.
  const words = new Uint32Array(colours.buffer, colours.byteOffset, 256);
  const target = new Uint32Array(pixels.buffer, pixels.byteOffset, width * height);
  const columnOf = columnsOfPixels(grid, width);
  let painted = -1;
  for (let y = 0; y < height; y++) {
    const row = grid.axis.rows - 1 - rowAt(grid.axis, 1 - (y + 0.5) / height);
    const at = y * width;
    if (row === painted) target.copyWithin(at, at - width, at);
    else {
      for (let x = 0; x < width; x++) {
        const column = columnOf[x] ?? -1;
        target[at + x] = column < 0 ? 0 : (words[levels[row * grid.columns + column] ?? 0] ?? 0);
      }
    }
    painted = row;
  }
}

function columnsOfPixels(grid: HeatGrid, width: number): Int32Array {
  const { from, to } = grid.view;
  const step = (to - from) / width;
  return Int32Array.from({ length: width }, (_, x) => gridColumnAt(grid, from + (x + 0.5) * step));
}
