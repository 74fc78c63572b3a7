/** What turns of a wheel, pinches and keys do to a time axis: the same on every chart. No DOM. */

/** Zoom above 1 is closer; share of the window's length, above 0 to later. */
export interface TimeMove {
  readonly zoom: number;
  readonly share: number;
}

/** Of a notch of a wheel, which is 100 or 120. */
const ZOOM_PER_DELTA = 1.0022;
const LINE_PX = 16;
/** A touch pad's pinch comes in small deltas. */
const PINCH_DELTA = 30;
const PINCH_FACTOR = 5;
/** Of a key. */
const KEY_ZOOM = 1.4;
const KEY_SHARE = 0.15;
/** Two fingers closer than this are as one. */
const LEAST_GAP = 20;

/** A turn of a wheel as a browser tells it. */
export interface WheelTurn {
  readonly deltaX: number;
  readonly deltaY: number;
  /** 1: the deltas are lines. */
  readonly deltaMode: number;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly shiftKey: boolean;
}

/**
 * The plain wheel belongs to the page until the plot has the focus; with Control it always zooms, sideways or with Shift
 * it always pans.
 * @param width of the plot in CSS pixels
 * @returns null: left to the page
 */
export function moveByWheel(turn: WheelTurn, width: number, isFocused: boolean): TimeMove | null {
  const unit = turn.deltaMode === 1 ? LINE_PX : 1;
  const [dx, dy] = [turn.deltaX * unit, turn.deltaY * unit];
  const isZoom = turn.ctrlKey || turn.metaKey;
  const sideways = turn.shiftKey ? dx || dy : Math.abs(dx) > Math.abs(dy) ? dx : 0;
  if (sideways !== 0 && !isZoom) return { zoom: 1, share: sideways / width };
  if (!isZoom && !isFocused) return null;
  const pinch = turn.ctrlKey && Math.abs(dy) < PINCH_DELTA ? PINCH_FACTOR : 1;
  return { zoom: ZOOM_PER_DELTA ** (-dy * pinch), share: 0 };
}

/** The letter of a key whether or not Caps Lock is on; names of other keys as they are. */
export const plainKey = (key: string): string => (key.length === 1 ? key.toLowerCase() : key);

const KEYS: Readonly<Record<string, TimeMove>> = {
  w: { zoom: KEY_ZOOM, share: 0 },
  '+': { zoom: KEY_ZOOM, share: 0 },
  '=': { zoom: KEY_ZOOM, share: 0 },
  s: { zoom: 1 / KEY_ZOOM, share: 0 },
  '-': { zoom: 1 / KEY_ZOOM, share: 0 },
  a: { zoom: 1, share: -KEY_SHARE },
  d: { zoom: 1, share: KEY_SHARE },
};

/** As in other viewers of traces w and s zoom, a and d pan. @returns null: not a key for time */
export const moveByTimeKey = (key: string): TimeMove | null => KEYS[plainKey(key)] ?? null;

/** Of two fingers, by the pixels between them. */
export const pinchZoom = (before: number, now: number): number =>
  Math.max(LEAST_GAP, Math.abs(now)) / Math.max(LEAST_GAP, Math.abs(before));
