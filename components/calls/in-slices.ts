/** Work of a page stops after this long, so that a frame and a key press never wait for more. */
const SLICE_MS = 4;

/**
 * Does work in slices, the first at once, with the page free in between.
 * @param step one piece of work, about a millisecond; true when there is no more
 * @param done called once after the last step; not when the work was given up before
 * @returns gives the work up
 */
export function inSlices(step: () => boolean, done: () => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const work = () => {
    const begin = performance.now();
    while (!step()) {
      if (performance.now() - begin < SLICE_MS) continue;
      timer = setTimeout(work);
      return;
    }
    done();
  };
  work();
  return () => clearTimeout(timer);
}
