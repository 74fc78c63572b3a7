/** Sorting of a million rows by address without a comparison function: that would take a second. */

const DIGIT = 65_536;

/** Row numbers in ascending order of address; rows of one address by `tie`, then as they came. */
export function orderByAddress(address: Float64Array, tie: Uint8Array): Uint32Array {
  const count = address.length;
  let order = new Uint32Array(count);
  let spare = new Uint32Array(count);
  const digits = new Uint16Array(count);
  for (let i = 0; i < count; i++) {
    order[i] = i;
    digits[i] = tie[i] ?? 0;
  }
  const [low, high] = extent(address);
  // Radix sort, lowest digit first: each pass is stable, so the last one decides and the earlier break ties.
  for (let unit = 0; unit === 0 || high - low >= unit; unit = unit === 0 ? 1 : unit * DIGIT) {
    if (unit > 0) for (let i = 0; i < count; i++) digits[i] = Math.floor(((address[i] ?? 0) - low) / unit) % DIGIT;
    pass(order, spare, digits);
    [order, spare] = [spare, order];
  }
  return order;
}

function extent(address: Float64Array): [number, number] {
  let [low, high] = [Number.POSITIVE_INFINITY, 0];
  for (const value of address) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return [low, high];
}

function pass(from: Uint32Array, to: Uint32Array, digits: Uint16Array): void {
  const starts = new Uint32Array(DIGIT + 1);
  for (const digit of digits) starts[digit + 1] = (starts[digit + 1] ?? 0) + 1;
  for (let digit = 0; digit < DIGIT; digit++) starts[digit + 1] = (starts[digit + 1] ?? 0) + (starts[digit] ?? 0);
  for (const row of from) {
    const digit = digits[row] ?? 0;
    const place = starts[digit] ?? 0;
    to[place] = row;
    starts[digit] = place + 1;
  }
}
