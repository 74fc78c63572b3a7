/** A session that is read from disk: its ticks go through the same fold as those of a live one. */
import { isProblem, type Problem, problem } from '../../lib/problem.ts';
import { emptyTimeline, foldTick } from '../../lib/timeline/timeline.ts';
import type { Library } from '../store/library.ts';
import type { Session } from './session.ts';

export async function storedSession(library: Pick<Library, 'open'>, id: string): Promise<Session | Problem> {
  const recording = await library.open(id);
  if (isProblem(recording)) return recording;
  const timeline = emptyTimeline();
  try {
    for await (const tick of recording.ticks()) foldTick(timeline, tick);
  } catch (error) {
    return problem('recording-unreadable', { id, why: error instanceof Error ? error.message : String(error) });
  } finally {
    recording.close();
  }
  return { head: recording.head, timeline, stop: async () => null, placed: null, setPace: null, isThin: false };
}
