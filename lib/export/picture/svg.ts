/** Charts as drawings (SVG 1.1) that stand for themselves: what they show is written on them. */

/** Colours of a drawing, as CSS has them. */
export interface PictureInks {
  readonly background: string;
  readonly text: string;
  readonly muted: string;
  readonly line: string;
  readonly warn: string;
  readonly slow: string;
  readonly bar: string;
  readonly rest: string;
  readonly accent: string;
}

export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly inks: PictureInks;
  /** First line: what was traced. */
  readonly title: string;
  /** Second line: where, when, how many. */
  readonly facts: string;
  /** For who does not see it. */
  readonly words: string;
  /** Elements, inside of all that. */
  readonly body: readonly string[];
}

const FONT = "Geist, Inter, 'Segoe UI', system-ui, sans-serif";
const LONGEST_LINE = 120;

export function picture({ width, height, inks, title, facts, words, body }: Picture): string {
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" font-family="${FONT}" font-size="11" fill="${inks.muted}">\n`,
    `<title>${escapeXml(title)}</title>\n<desc>${escapeXml(words)}</desc>\n`,
    `<rect width="${width}" height="${height}" fill="${inks.background}"/>\n`,
    text(16, 28, shortened(title), { size: 18, fill: inks.text }),
    text(16, 48, shortened(facts), { size: 12 }),
    ...body,
    '</svg>\n',
  ].join('');
}

const shortened = (line: string): string =>
  line.length <= LONGEST_LINE ? line : `${line.slice(0, LONGEST_LINE - 1)}…`;

interface TextLook {
  readonly size?: number;
  readonly fill?: string;
  readonly anchor?: 'start' | 'middle' | 'end';
  /** Around the letters, so that they can be read on anything. */
  readonly halo?: string;
}

export function text(x: number, y: number, words: string, { size, fill, anchor, halo }: TextLook = {}): string {
  const look = [
    size === undefined ? '' : ` font-size="${size}"`,
    fill === undefined ? '' : ` fill="${fill}"`,
    anchor === undefined ? '' : ` text-anchor="${anchor}"`,
    halo === undefined ? '' : ` stroke="${halo}" stroke-width="3" paint-order="stroke"`,
  ].join('');
  return `<text x="${coordinate(x)}" y="${coordinate(y)}"${look}>${escapeXml(words)}</text>\n`;
}

/** A line through points. */
export const path = (points: readonly (readonly [number, number])[]): string =>
  points.map(([x, y], at) => `${at === 0 ? 'M' : 'L'}${coordinate(x)} ${coordinate(y)}`).join('');

/** With a hundredth of a pixel, which is more than can be seen. */
export const coordinate = (value: number): string => String(Math.round(value * 100) / 100);

/** What XML 1.0 does not allow at all (control characters, halves of characters) is left out. */
export function escapeXml(words: string): string {
  return words
    .replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '')
    .replace(/[&<>"']/g, (letter) => `&#${letter.charCodeAt(0)};`);
}
