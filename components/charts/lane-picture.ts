/**
 * The painted lanes: at once as finely as a frame has time for, and when nothing has changed since, to the pixel beside
 * what is shown, in slices. So a large screen full of calls moves as smoothly as a small one.
 */
import { type LaneSurface, type LanesData, paintLanes, showLanes } from './draw-lanes.ts';

/** Of a frame of 16 ms; the index and the page need the rest. */
const PAINT_MS = 4;
const REFINE_MS = 4;

export interface LanePicture {
  /** @returns whether `refine` has something to do. */
  readonly draw: (surface: LaneSurface, data: LanesData) => 'fine' | 'rough';
  /** Goes on with the fine picture of the same, and shows it when it is done. @returns whether there is more to do. */
  readonly refine: () => boolean;
}

interface Finer {
  readonly surface: LaneSurface;
  readonly data: LanesData;
  readonly steps: Generator<boolean, void>;
  /** What it has taken so far. */
  took: number;
}

export function lanePicture(now: () => number): LanePicture {
  /** What the latest fine picture took; the next one will take about as long. */
  let fineMs = 0;
  let finer: Finer | null = null;
  let spare: ImageData | null = null;

  return {
    draw(surface, data) {
      const began = now();
      // Where the picture has become another, the rest is made in a hurry.
      const isRough = () => fineMs > PAINT_MS || now() - began > PAINT_MS;
      let roughLanes = 0;
      for (const rough of paintLanes(surface, data, isRough)) if (rough) roughLanes += 1;
      if (roughLanes === 0) fineMs = now() - began;
      showLanes(surface, data);
      finer = roughLanes === 0 ? null : begun(surface, data);
      return finer ? 'rough' : 'fine';
    },
    refine() {
      if (!finer) return false;
      const began = now();
      let isDone = false;
      while (!isDone && now() - began < REFINE_MS) isDone = finer.steps.next().done === true;
      finer.took += now() - began;
      if (!isDone) return true;
      fineMs = finer.took;
      showLanes(finer.surface, finer.data);
      finer = null;
      return false;
    },
  };

  function begun(surface: LaneSurface, data: LanesData): Finer {
    const { width, height } = surface.image;
    if (spare?.width !== width || spare.height !== height) spare = new ImageData(width, height);
    const beside = { ...surface, image: spare };
    return { surface: beside, data, steps: paintLanes(beside, data, () => false), took: 0 };
  }
}
